import { inject } from 'vitest'
import { TESTED_HELMS } from '../support/helm.ts'
import { type ClusterApi, openApi } from './api.ts'
import { HAS_CRDS, installCrds } from './crds.ts'
import { startServer } from './start-server.ts'

/** Whether there is all that the tests need; the setup says what is missing. */
export const CAN_TEST: boolean = (inject('binaries') !== '' || inject('kubeconfig') !== '') && HAS_CRDS && TESTED_HELMS.length > 0

/** An API server that has the CRDs of one release of KubeBlocks. */
export interface Cluster {
  readonly api: ClusterApi
  readonly kubeconfig: string
  /** `v1.34.4` */
  readonly kubernetes: string
  /** Makes a namespace. */
  addNamespace(name: string): Promise<void>
  close(): Promise<void>
}

/** Starts an API server with the CRDs of a release, or takes the cluster that was named and puts the CRDs there, until the end. */
export async function openCluster(release: string): Promise<Cluster> {
  const server = inject('binaries') === '' ? undefined : await startServer(inject('binaries'))
  const kubeconfig = server?.kubeconfig ?? inject('kubeconfig')
  const api = openApi(kubeconfig)
  const namespaces: string[] = []
  try {
    const crds = await installCrds(api, release)
    const { body } = await api.request('GET', '/version')
    return {
      api,
      kubeconfig,
      kubernetes: String(Object(body).gitVersion),
      async addNamespace(name) {
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
        const { status } = await api.request('POST', '/api/v1/namespaces', { type: 'application/json', text })
        if (status !== 201) throw new Error(`the namespace ${name} could not be made: ${status}`)
        namespaces.push(name)
      },
      async close() {
        if (server === undefined) {
          for (const name of namespaces) await api.request('DELETE', `/api/v1/namespaces/${name}`)
          await crds.remove()
        }
        api.close()
        await server?.stop()
      },
    }
  } catch (error) {
    api.close()
    await server?.stop()
    throw error
  }
}
