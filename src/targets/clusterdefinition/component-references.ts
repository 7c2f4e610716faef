import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, EnvVar } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { type ReferenceEnv, sourceOf } from './env-source.ts'
import { containersOfLines } from './lines.ts'

/** A variable about another component. */
export interface ReferenceVariable {
  readonly variable: EnvVar
  readonly of: string
  readonly from: ReferenceEnv
  readonly optional: boolean
}

/** The variables of a component that the operator works out from others. It gives them to all its containers. */
export function referenceVariables(lowering: ClusterDefinitionLowering, component: Component): readonly ReferenceVariable[] {
  return containersOfLines(lowering.addon, component).flatMap(({ component, container: { env } }) =>
    env.flatMap((variable) => {
      const source = sourceOf(lowering, component, env, variable)
      return source.kind === 'reference' ? [{ variable, of: source.of, from: source.from, optional: source.optional }] : []
    }),
  )
}

/** `componentDefRef`: each component that variables are about, with those variables once (API.md 2.1). */
export function componentReferences(lowering: ClusterDefinitionLowering, component: Component): Entry[] {
  const variables = referenceVariables(lowering, component)
  if (variables.length === 0) return []
  const targets = [...new Set(variables.map(({ of }) => of))]
  return pair(
    'componentDefRef',
    seq(
      targets.map((of) =>
        reference(
          of,
          variables.filter((variable) => variable.of === of),
        ),
      ),
    ),
  )
}

function reference(of: string, variables: readonly ReferenceVariable[]): Node {
  const byName = new Map(variables.map((item) => [item.variable.name, item]))
  return map(
    pair('componentDefName', of),
    // A cluster without the component starts only when nothing needs it.
    pair('failurePolicy', variables.every(({ optional }) => optional) ? 'Ignore' : 'Fail'),
    pair(
      'componentRefEnv',
      seq([...byName.values()].map(({ variable, from }) => map(pair('name', scalar(variable.name, variable.origin)), referenceEnv(from)))),
    ),
  )
}

function referenceEnv(from: ReferenceEnv): Entry[] {
  switch (from.kind) {
    case 'text':
      return pair('value', from.text)
    case 'service':
      return pair('valueFrom', map(pair('type', 'ServiceRef')))
    case 'field':
      return pair('valueFrom', map(pair('type', 'FieldRef'), pair('fieldPath', from.path)))
    case 'pods':
      // Both are given although they have defaults: that of the format is broken in the CRD.
      return pair('valueFrom', map(pair('type', 'HeadlessServiceRef'), pair('format', from.format), pair('joinWith', ',')))
  }
}
