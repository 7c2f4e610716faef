import { at, keysAt } from '../objects/index.ts'
import { NEW } from './eras.ts'
import type { OperatorRelease } from './releases.ts'

/** Fields of `spec` that may change under a name. */
interface Frozen {
  readonly releases: readonly string[]
  readonly mutable: readonly string[]
}

/**
 * Kinds whose spec is frozen by a hash in the annotation apps.kubeblocks.io/immutable-hash.
 * release-0.9 and release-1.0:controllers/apps/componentdefinition_controller.go cmpdHash;
 * release-1.0:controllers/apps/shardingdefinition_controller.go and sidecardefinition_controller.go specHash: all of it.
 */
const FROZEN: Readonly<Record<string, readonly Frozen[]>> = {
  ComponentDefinition: [
    { releases: ['0.9'], mutable: ['provider', 'description', 'exporter', 'podManagementPolicy', 'minReadySeconds'] },
    {
      releases: NEW,
      mutable: ['provider', 'description', 'exporter', 'podManagementPolicy', 'podUpdatePolicy', 'podUpgradePolicy', 'minReadySeconds'],
    },
  ],
  ShardingDefinition: [{ releases: NEW, mutable: [] }],
  SidecarDefinition: [{ releases: NEW, mutable: [] }],
}

/** The annotation with which an object may change all the same. */
const SKIP = 'apps.kubeblocks.io/skip-immutable-check'

/** The fields of `spec` that may change under a name; undefined when all may. */
export function mutableFields(release: OperatorRelease, kind: string): readonly string[] | undefined {
  return FROZEN[kind]?.find(({ releases }) => releases.includes(release.version))?.mutable
}

/**
 * The part of a rendered object that must stay equal as long as its name does, down to the order of lists; undefined when the
 * release freezes nothing of it. Two renderings may share a name exactly when these are equal.
 */
export function frozenPart(release: OperatorRelease, object: unknown): unknown {
  const kind = at(object, 'kind')
  const mutable = typeof kind === 'string' && Object.hasOwn(FROZEN, kind) ? mutableFields(release, kind) : undefined
  if (mutable === undefined) return undefined
  const skip = at(object, 'metadata', 'annotations', SKIP)
  if (typeof skip === 'string' && skip.toLowerCase() === 'true') return undefined
  return Object.fromEntries(keysAt(object, 'spec').flatMap((field) => (mutable.includes(field) ? [] : [[field, at(object, 'spec', field)]])))
}
