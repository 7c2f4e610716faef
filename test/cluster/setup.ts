import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { binariesInCache, buildServer, findGo } from './build-server.ts'
import { whyNotBorrowed } from './kubeconfig.ts'
import { startServer } from './start-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The kubeconfig of the API server to test with; empty where there is none. */
    readonly kubeconfig: string
  }
}

/**
 * Finds an API server: the binaries in `KUBEBUILDER_ASSETS`, the cluster of `KUBECONFIG`, or binaries built with Go once and kept in the cache.
 * Without any of them the tests skip, and it is said why.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { KUBEBUILDER_ASSETS: assets, KUBECONFIG: borrowed } = process.env
  const skip = (why: string) => {
    console.log(`tests with a real API server are skipped: ${why}`)
    project.provide('kubeconfig', '')
    return undefined
  }
  if (!assets && borrowed) {
    const why = whyNotBorrowed(borrowed)
    if (why !== undefined) return skip(why)
    console.log(`API server: that of KUBECONFIG, ${borrowed}`)
    project.provide('kubeconfig', borrowed)
    return undefined
  }
  const folder = assets || binariesInCache(process.env) || build()
  if (folder === undefined) return skip('set KUBEBUILDER_ASSETS or KUBECONFIG, or install Go 1.24 or later')
  const started = Date.now()
  const server = await startServer({ etcd: join(folder, 'etcd'), apiServer: join(folder, 'kube-apiserver') })
  console.log(`API server: ${folder}, ready after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  project.provide('kubeconfig', server.kubeconfig)
  return server.stop
}

function build(): string | undefined {
  const go = findGo(process.env)
  return go === undefined ? undefined : buildServer(go, process.env)
}
