import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { canFetch, fetchHelm, findHelm, HELM_3, HELM_4 } from '../../src/helm/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Paths of the Helms to test with, by major version; empty where there is none. */
    readonly helm: { readonly 3: string; readonly 4: string }
  }
}

/** Finds a Helm 3 and a Helm 4: the fetched copies on linux x64, else what is on the machine. What is missing is said, and its tests skip. */
export default async function setup(project: TestProject): Promise<void> {
  const helm = { 3: '', 4: '' }
  if (canFetch()) {
    helm[3] = await fetchHelm(HELM_3, process.env)
    helm[4] = await fetchHelm(HELM_4, process.env)
  } else {
    const found = findHelm(undefined, process.env)
    if (found !== undefined) helm[4] = found.path
  }
  for (const major of [3, 4] as const)
    if (!existsSync(helm[major])) console.log(`tests with Helm ${major} are skipped: there is none on this machine`)
  if (!existsSync(new URL('../../dist/lib/cli.js', import.meta.url))) throw new Error('dist/lib is missing: run npm run build')
  project.provide('helm', helm)
}
