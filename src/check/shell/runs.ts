import { at } from '../../objects/index.ts'
import type { ObjectPath } from '../../operator/index.ts'

/** Kinds whose commands run programs. */
export const RUNNING_KINDS: readonly string[] = [
  'ActionSet',
  'BackupTool',
  'ClusterDefinition',
  'ComponentDefinition',
  'ConfigConstraint',
  'OpsDefinition',
  'ParamConfigRenderer',
  'ParametersDefinition',
  'SidecarDefinition',
]

/** Why a program runs. What runs in a job ends with its container; what an agent or the kubelet runs again and again does not. */
export type Role = 'start' | 'probe' | 'action' | 'hook' | 'job' | 'reload'

/** A list of words that an object has run. */
export interface Run {
  readonly role: Role
  /** The place of the thing that holds the command, and of each word. */
  readonly owner: ObjectPath
  readonly words: readonly string[]
  readonly paths: readonly ObjectPath[]
}

/** Everything that an object of those kinds has run. */
export function runsOf(object: unknown): readonly Run[] {
  const kind = String(at(object, 'kind'))
  return RUNNING_KINDS.includes(kind) ? below(at(object, 'spec'), ['spec'], kind) : []
}

function below(value: unknown, path: ObjectPath, kind: string): readonly Run[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => below(item, [...path, index], kind))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    if (!isTexts(item) || !/commands?$/i.test(key)) return below(item, [...path, key], kind)
    const args = at(value, 'args')
    const rest = key === 'command' && isTexts(args) ? args : []
    const paths = [...item.map((_, index) => [...path, key, index]), ...rest.map((_, index) => [...path, 'args', index])]
    return [{ role: roleOf(path, kind), owner: path, words: [...item, ...rest], paths }]
  })
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe', 'roleProbe', 'availableProbe']

function roleOf(path: ObjectPath, kind: string): Role {
  const has = (name: string) => path.includes(name)
  if (PROBES.some(has)) return 'probe'
  if (has('lifecycle')) return 'hook'
  if (has('shellTrigger')) return 'reload'
  // Switchovers of 0.5 to 0.9, accounts and what follows the start of those releases are jobs.
  if (has('cmdExecutorConfig') || ['ActionSet', 'BackupTool', 'OpsDefinition'].includes(kind)) return 'job'
  return has('lifecycleActions') ? (has('withCandidate') || has('withoutCandidate') ? 'job' : 'action') : 'start'
}
