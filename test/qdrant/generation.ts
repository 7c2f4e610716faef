import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createSink } from '../../src/diagnostics/index.ts'
import { type Cluster, type OperatorRelease, operatorRelease } from '../../src/operator/index.ts'
import { compile, generate } from '../../src/pipeline.ts'
import { type Release, releases } from '../../src/targets/index.ts'
import { helmPath, renderedObjects, runHelm } from '../support/helm.ts'
import { ROOT } from './lab.ts'

/** Qdrant's chart for one KubeBlocks release, as Helm renders it, with the operator of that release. */
export interface Generation {
  readonly release: Release
  readonly operator: OperatorRelease
  readonly objects: readonly unknown[]
  /** What a Cluster says to use the definition of the chart. */
  readonly definition: string
}

/** The releases charts are made for. */
export const GENERATIONS: readonly string[] = releases.map(({ version }) => version)

/** The Helm that tests of generations use; empty when there is none. */
export function generationHelm(): 3 | 4 | undefined {
  return ([4, 3] as const).find((major) => helmPath(major) !== '')
}

/** Compiles the chart for a release and renders it with values, as a user of the chart would. */
export async function renderGeneration(version: string, values: Readonly<Record<string, unknown>> = {}): Promise<Generation> {
  const release = releases.find((candidate) => candidate.version === version)
  const major = generationHelm()
  if (release === undefined || major === undefined) throw new Error(`no chart can be rendered for ${version}`)
  const sink = createSink()
  const context = { report: sink.report, cwd: ROOT, env: {}, display: (file: string) => file, library: '' }
  const addon = await compile(path.join(ROOT, 'addons/qdrant'), context)
  const chart = addon === undefined ? undefined : generate(addon, release, sink.report)?.[0]
  if (chart === undefined) throw new Error(JSON.stringify(sink.all(), null, 2))
  const folder = mkdtempSync(path.join(tmpdir(), 'addonsmith-generation-'))
  try {
    for (const [name, { bytes }] of chart.tree) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), bytes)
    }
    const printed = runHelm(major, ['template', 'release-name', folder, '--namespace', 'kb-system', '--values', '-'], JSON.stringify(values))
    const objects = renderedObjects(printed)
    return { release, operator: operatorRelease(version), objects, definition: definitionName(objects) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Named {
  readonly kind?: string
  readonly metadata?: { readonly name?: string }
  readonly spec?: { readonly componentDefs?: readonly { readonly name?: string }[] }
}

function definitionName(objects: readonly unknown[]): string {
  const all = objects as readonly Named[]
  const componentDef = all.find(({ kind }) => kind === 'ClusterDefinition')?.spec?.componentDefs?.[0]?.name
  return componentDef ?? all.find(({ kind }) => kind === 'ComponentDefinition')?.metadata?.name ?? ''
}

/** A cluster of the chart: `c`, with the component `qdrant`, whose pods have the names that the fake servers have. */
export function clusterOf({ definition }: Generation, name: string, replicas: number, secrets: Cluster['secrets'] = {}, tls = false): Cluster {
  return { name, namespace: 'ns', uid: '11111111-2222-3333-4444-555555555555', components: [{ name: 'qdrant', definition, replicas, tls }], secrets }
}
