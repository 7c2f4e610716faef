import type { ComponentDefinitionLowering } from '../release.ts'
import type { SkeletonParts } from '../shared/skeletons.ts'
import type { FrozenValue } from './frozen.ts'

/** What the texts of a chart say in this family. */
export function textParts({ release }: ComponentDefinitionLowering, frozen: readonly FrozenValue[]): SkeletonParts {
  return { kubeblocks: release.version, versionKind: 'serviceVersion', versionName: (version) => version, hasOneMethod: false, frozen }
}
