import type { TestProject } from 'vitest/node'
import { binariesInCache, buildServer, findGo } from './build-server.ts'
import { HAS_CRDS } from './crds.ts'
import { whyNotBorrowed } from './kubeconfig.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with etcd and kube-apiserver; empty where there is none. */
    readonly binaries: string
    /** The kubeconfig of a cluster to test with where there are no binaries; empty where there is none. */
    readonly kubeconfig: string
  }
}

/**
 * Finds what to test with: the binaries in `KUBEBUILDER_ASSETS`, the cluster of `KUBECONFIG`, or binaries built with Go once and kept in the cache.
 * Without any of them the tests skip, and it is said why.
 */
export default function setup(project: TestProject): void {
  const { binaries = '', kubeconfig = '', why } = HAS_CRDS ? find() : { why: 'the shared CRDs are not there' }
  if (why !== undefined) console.log(`tests with a real API server are skipped: ${why}`)
  else console.log(`API server: ${binaries || kubeconfig}`)
  project.provide('binaries', binaries)
  project.provide('kubeconfig', kubeconfig)
}

interface Found {
  readonly binaries?: string
  readonly kubeconfig?: string
  readonly why?: string
}

function find(): Found {
  const { KUBEBUILDER_ASSETS: assets, KUBECONFIG: kubeconfig } = process.env
  if (assets) return { binaries: assets }
  if (kubeconfig) {
    const why = whyNotBorrowed(kubeconfig)
    return why === undefined ? { kubeconfig } : { why }
  }
  const cached = binariesInCache(process.env)
  if (cached !== undefined) return { binaries: cached }
  const go = findGo(process.env)
  return go === undefined ? { why: 'set KUBEBUILDER_ASSETS or KUBECONFIG, or install Go 1.24 or later' } : { binaries: buildServer(go, process.env) }
}
