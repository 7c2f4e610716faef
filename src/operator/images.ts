import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import { EXEC_ACTIONS } from './lifecycle-actions.ts'
import { componentVersionsOf, nameOf } from './matching.ts'
import type { OperatorRelease } from './releases.ts'
import { versionServes } from './versions.ts'

/** Lifecycle actions whose images a ComponentVersion can give, by their names. release-1.0:pkg/controller/component/component_version.go actionsToResolveImage. */
const ACTIONS = [...EXEC_ACTIONS, 'availableProbe'] as const

/** The images of a component: of containers and init containers, and of actions that have one. */
export interface Images {
  readonly containers: ReadonlyMap<string, string>
  readonly actions: ReadonlyMap<string, string>
  /** Why the component fails. */
  readonly problems: readonly string[]
}

interface Offer {
  readonly release: string
  readonly version: string
  readonly image: string
}

/**
 * Resolves the images of a ComponentDefinition for a service version. When any ComponentVersion matches the definition, every container needs
 * an image for that version: from a release, else from the definition when its own version serves. Without one, the definition's images stay.
 * All releases of that version count, whatever their compatibility rules say; of several the last by name wins.
 * release-0.9 and release-1.0:pkg/controller/component/component_version.go resolveImagesWithCompVersions, findMatchedImagesFromCompVersions.
 */
export function resolveImages(release: OperatorRelease, objects: readonly unknown[], definition: unknown, serviceVersion: string): Images {
  const own = ownImages(definition)
  const actions = new Map(ownActionImages(definition))
  const versions = componentVersionsOf(release, objects, nameOf(definition))
  if (versions.length === 0) {
    const missing = [...own].filter(([, image]) => image === '').map(([name]) => `the container "${name}" has no image`)
    return { containers: own, actions, problems: missing }
  }
  const offers = offersOf(versions, serviceVersion)
  const problems: string[] = []
  const chosen = new Map([...offers].map(([name, all]) => [name, lastRelease(all, serviceVersion)] as const))
  const different = new Set([...chosen.values()].map((offer) => offer.version))
  if (different.size > 1) problems.push(`releases of several versions match ${serviceVersion}: ${[...different].sort().join(', ')}`)
  const containers = new Map<string, string>()
  for (const [name, image] of own) {
    const offer = chosen.get(name)
    const ownServes = image !== '' && versionServes(serviceVersion, textAt(definition, 'spec', 'serviceVersion') ?? '')
    if (offer === undefined && !ownServes) problems.push(`the container "${name}" has no image for the service version ${serviceVersion}`)
    containers.set(name, offer?.image ?? image)
  }
  // 0.9 has no images of actions in a ComponentVersion: its agent takes one image from the actions themselves.
  for (const action of release.agent === 'kbagent' ? ACTIONS : []) {
    const offer = [...chosen].find(([name]) => name.toLowerCase() === action.toLowerCase())?.[1]
    if (offer !== undefined && at(definition, 'spec', 'lifecycleActions', action, 'exec') !== undefined) actions.set(action, offer.image)
  }
  return { containers, actions, problems }
}

function ownImages(definition: unknown): ReadonlyMap<string, string> {
  const containers = [...listAt(definition, 'spec', 'runtime', 'initContainers'), ...listAt(definition, 'spec', 'runtime', 'containers')]
  return new Map(containers.map((container) => [textAt(container, 'name') ?? '', textAt(container, 'image') ?? '']))
}

function ownActionImages(definition: unknown): readonly (readonly [string, string])[] {
  return ACTIONS.flatMap((action) => {
    const image = textAt(definition, 'spec', 'lifecycleActions', action, 'exec', 'image')
    return image === undefined || image === '' ? [] : [[action, image] as const]
  })
}

function offersOf(versions: readonly unknown[], serviceVersion: string): ReadonlyMap<string, readonly Offer[]> {
  const offers = new Map<string, Offer[]>()
  for (const item of versions.flatMap((version) => listAt(version, 'spec', 'releases'))) {
    const version = textAt(item, 'serviceVersion') ?? ''
    if (!versionServes(serviceVersion, version)) continue
    for (const name of keysAt(item, 'images')) {
      const offer = { release: textAt(item, 'name') ?? '', version, image: textAt(item, 'images', name) ?? '' }
      offers.set(name, [...(offers.get(name) ?? []), offer])
    }
  }
  return offers
}

/** An equal version goes before one that merely serves. */
function lastRelease(offers: readonly Offer[], serviceVersion: string): Offer {
  const equal = offers.filter((offer) => offer.version === serviceVersion)
  const byName = [...(equal.length > 0 ? equal : offers)].sort((a, b) => Buffer.compare(Buffer.from(a.release), Buffer.from(b.release)))
  return byName.at(-1) ?? { release: '', version: '', image: '' }
}

/** Fields of a container in a ClusterVersion that replace those of the container of that name. release-0.6:internal/controller/component/component.go doContainerAttrOverride. */
const REPLACED = [
  'image',
  'command',
  'args',
  'workingDir',
  'ports',
  'envFrom',
  'env',
  'resources',
  'volumeMounts',
  'volumeDevices',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'imagePullPolicy',
  'securityContext',
]

/** Merges the containers of a ClusterVersion into those of a component definition, by name: a field is replaced as a whole, an unknown name is added. 0.5 to 0.9. */
export function mergeContainers(containers: readonly unknown[], versions: readonly unknown[]): readonly unknown[] {
  const merged = [...containers]
  for (const version of versions) {
    const index = merged.findIndex((container) => textAt(container, 'name') === textAt(version, 'name'))
    if (index < 0) merged.push(version)
    else merged[index] = { ...Object(merged[index]), ...Object.fromEntries(REPLACED.flatMap((field) => replacement(version, field))) }
  }
  return merged
}

function replacement(container: unknown, field: string): readonly (readonly [string, unknown])[] {
  const value = at(container, field)
  const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return isEmpty ? [] : [[field, value]]
}
