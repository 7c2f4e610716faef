import { existsSync } from 'node:fs'
import { at, listAt, textAt } from '../../src/objects/index.ts'
import { CRDS, type SharedCrd, sharedCrds } from '../support/api-model.ts'
import type { ClusterApi } from './api.ts'

const PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/** Whether the CRDs of KubeBlocks are on this machine. */
export const HAS_CRDS: boolean = existsSync(CRDS)

/** CRDs that were installed. */
export interface InstalledCrds {
  /** Removes them with all their objects. */
  remove(): Promise<void>
}

/** Installs the CRDs of a release, and waits until the server has all of their kinds. A cluster that has some of KubeBlocks already is left alone. */
export async function installCrds(api: ClusterApi, release: string): Promise<InstalledCrds> {
  const there = await kubeblocksCrds(api)
  if (there.length > 0) throw new Error(`this cluster has CRDs of KubeBlocks: ${there.join(', ')}`)
  const names: string[] = []
  const remove = async () => {
    for (const name of names) await api.request('DELETE', `${PATH}/${name}`)
    await until(async () => {
      const left = (await kubeblocksCrds(api)).filter((name) => names.includes(name))
      // A server that still served one when it was deleted looks at it again after minutes only, or when it changes.
      const text = JSON.stringify({ metadata: { annotations: { 'addonsmith.dev/waited': String(Date.now()) } } })
      for (const name of left) await api.request('PATCH', `${PATH}/${name}`, { type: 'application/merge-patch+json', text })
      return left.length === 0
    }, 'the end of the CRDs')
  }
  try {
    const install = async (crd: SharedCrd): Promise<void> => {
      const { status, body } = await api.request('POST', PATH, { type: 'application/json', text: JSON.stringify(crd) })
      if (status !== 201) throw new Error(`${crd.spec.names.plural}: ${textAt(body, 'message')}`)
      names.push(`${crd.spec.names.plural}.${crd.spec.group}`)
    }
    const results = await Promise.allSettled(sharedCrds(release).map(install))
    for (const result of results) if (result.status === 'rejected') throw result.reason
    for (const { spec } of sharedCrds(release))
      for (const { name } of spec.versions.filter(({ served }) => served)) await served(api, `/apis/${spec.group}/${name}`, spec.names.plural)
  } catch (error) {
    await remove()
    throw error
  }
  return { remove }
}

/** Waits until a group has a resource, for those who ask the group and for those who ask for all groups at once, as Helm does. */
async function served(api: ClusterApi, path: string, plural: string): Promise<void> {
  await until(async () => {
    const { body } = await api.request('GET', path)
    return listAt(body, 'resources').some((one) => textAt(one, 'name') === plural)
  }, `${plural} in ${path}`)
}

async function kubeblocksCrds(api: ClusterApi): Promise<readonly string[]> {
  const { body } = await api.request('GET', PATH)
  return listAt(body, 'items')
    .map((crd) => String(at(crd, 'metadata', 'name')))
    .filter((name) => name.endsWith('.kubeblocks.io'))
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 240_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited 240 s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
