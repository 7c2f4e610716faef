import { type Entry, expr, type Item, map, type Node, pair, scalar, toText, values } from '../../gotemplate/index.ts'
import type { Component, Container, EnvVar, Fact, TextOrKnob } from '../../model/addon.ts'
import { leaveEnv } from './facts.ts'

/** Pod fields behind facts that the downward API gives. */
const POD_FIELDS: Partial<Readonly<Record<Fact, string>>> = {
  podName: 'metadata.name',
  podUID: 'metadata.uid',
  podIP: 'status.podIP',
  nodeName: 'spec.nodeName',
  namespace: 'metadata.namespace',
}

/** Variables the operator puts in front of a container's own (API.md 5.1), which the kubelet expands. */
const OPERATOR_VARIABLES: Partial<Readonly<Record<Fact, string>>> = {
  clusterName: 'KB_CLUSTER_NAME',
  componentName: 'KB_CLUSTER_COMP_NAME',
  podFQDN: 'KB_POD_FQDN',
}

/** The environment of a container. Facts that only facts.sh can give are left out. */
export function containerEnv(component: Component, container: Container): readonly Item[] {
  return [...container.env, ...leaveEnv(component, container)].flatMap(lowerEnvVar)
}

/** One variable; a secret without a name, or a fact that facts.sh gives, leaves nothing. */
export function lowerEnvVar({ name, value, origin }: EnvVar): readonly Item[] {
  const variable = (...entries: readonly (readonly Entry[])[]): Item => ({
    kind: 'item',
    value: map(pair('name', scalar(name, origin)), ...entries),
    origin,
  })
  switch (value.kind) {
    case 'text':
    case 'knob':
      return [variable(pair('value', textNode(value)))]
    case 'fact': {
      const field = POD_FIELDS[value.fact]
      if (field !== undefined) return [variable(pair('valueFrom', map(pair('fieldRef', map(pair('fieldPath', field))))))]
      const source = OPERATOR_VARIABLES[value.fact]
      return source === undefined ? [] : [variable(pair('value', `$(${source})`))]
    }
    case 'composed':
    case 'reference':
      return []
    case 'account':
      return [variable(pair('valueFrom', map(pair('secretKeyRef', map(pair('name', '$(CONN_CREDENTIAL_SECRET_NAME)'), pair('key', value.field))))))]
    case 'secret': {
      const reference = map(pair('name', textNode(value.name)), pair('key', textNode(value.key)), value.optional ? pair('optional', true) : [])
      const item = variable(pair('valueFrom', map(pair('secretKeyRef', reference))))
      if (!value.optional || value.name.kind === 'text') return [item]
      return [{ kind: 'if', condition: values(value.name.knob), body: [item], origin }]
    }
  }
}

/** A text, or the value of a knob as a text. */
function textNode(value: TextOrKnob): Node {
  if (value.kind === 'text') return scalar(value.text)
  return expr(toText(values(value.knob), value.isNumber), 'raw')
}
