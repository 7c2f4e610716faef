import { componentDefinition, object } from '../../../support/definitions.ts'

/** Objects that break a rule and objects that keep it. */
export interface Case {
  readonly rule: string
  readonly what: string
  readonly bad: readonly unknown[]
  /** Findings as `KIND/NAME path`. */
  readonly expected: readonly string[]
  readonly good: readonly unknown[]
  /** Releases to try it in; those of the rule when not given. */
  readonly releases?: readonly string[]
}

export const MODERN = ['1.0', '1.1', '1.2']
export const cmpd = (spec: object, name = 'x') => componentDefinition(name, spec)
export const pod = (more: object = {}) => ({ containers: [{ name: 'x', ...more }] })
export const cd = (component: object) => object('ClusterDefinition', 'd', { componentDefs: [{ name: 'x', podSpec: pod(), ...component }] })
export const exec = (more: object) => ({ exec: { command: ['a'], ...more } })
export const bpt = (spec: object, metadata: object = {}) => object('BackupPolicyTemplate', 'b', spec, metadata)
export const onlyDefinition = (spec: object) => object('ClusterDefinition', 'd', spec)
export const topology = (more: object, spec: object = {}) =>
  onlyDefinition({ topologies: [{ name: 't', components: [{ name: 'x', compDef: 'x' }], ...more }], ...spec })

export const template = (reference: string, more: object = {}) => ({
  name: 't',
  [reference]: 'map',
  namespace: 'kb-system',
  volumeName: 'v',
  ...more,
})
