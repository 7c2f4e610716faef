import { textAt } from '../../objects/index.ts'
import { componentsOf } from '../components.ts'
import { ALL, NEW } from '../eras.ts'
import { unknownMounts } from '../mounts.ts'
import { type Finding, itemsAt, type ValidationRule } from './rule.ts'

/**
 * A mount of a volume that nobody declares becomes an empty folder, whose contents go with the pod: a typing error loses data, and nothing says so.
 */
const mounts: ValidationRule = {
  code: 'volume/unknown-mount',
  kinds: ['ClusterDefinition', 'ComponentDefinition'],
  releases: ALL,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go buildVolumeMounts; release-0.5:internal/controller/component/component.go',
  check: (object) =>
    componentsOf(object)
      .flatMap(unknownMounts)
      // Of those that are misspelt other rules speak.
      .filter(({ meant }) => meant === undefined)
      .map(({ item, name, path }) => ({
        path: [...path, 'name'],
        message: looksLikeData(name, textAt(item, 'mountPath') ?? '')
          ? `The volume "${name}" looks like data, and nothing declares it: what is written goes with the pod, unless the Cluster brings a claim.`
          : `Nothing declares the volume "${name}": it becomes an empty folder that goes with the pod.`,
      })),
}

function looksLikeData(name: string, path: string): boolean {
  return /(?:^|-)(?:data|datadir|storage|wal|binlog|redo)(?:-|\d*$)/.test(name) || /\/(?:data|wal|var\/lib\/\w+)\/?$/.test(path)
}

const duplicates: ValidationRule = {
  code: 'volume/duplicate',
  kinds: ['ComponentDefinition'],
  releases: NEW,
  source: 'release-1.0:pkg/controller/component/synthesize_component.go mergeUserDefinedVolumes',
  check: (object) =>
    componentsOf(object).flatMap(({ pod, claims, templates }) => {
      const taken = new Set([...itemsAt(pod, 'volumes'), ...claims].map(({ item }) => textAt(item, 'name')))
      return templates.flatMap(({ item, path }): readonly Finding[] => {
        const name = textAt(item, 'volumeName') ?? ''
        const isTaken = taken.has(name)
        taken.add(name)
        return isTaken ? [{ path: [...path, 'volumeName'], message: `Another volume has the name "${name}", and clusters fail.` }] : []
      })
    }),
}

export const volumeRules: readonly ValidationRule[] = [duplicates, mounts]
