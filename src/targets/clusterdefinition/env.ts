import { type Entry, expr, type Item, map, type Node, pair, scalar, toText, values } from '../../gotemplate/index.ts'
import type { Component, Container, EngineVersion, EnvVar, TextOrKnob } from '../../model/addon.ts'
import type { Lowering } from '../release.ts'
import { type Source, sourceOf } from './env-source.ts'
import { leaveEnv } from './facts.ts'

/** The environment of a container in clusters of one engine version. What facts.sh or a component reference gives is left out. */
export function containerEnv(lowering: Lowering, component: Component, container: Container, version: EngineVersion | undefined): readonly Item[] {
  const variables = [...container.env, ...leaveEnv(component, container)]
  return variables.flatMap((variable) => {
    const source = sourceOf(lowering, component, variables, variable)
    return source.kind === 'verbatim' ? lowerEnvVar(variable) : sourced(variable, source, version)
  })
}

function item({ name, origin }: EnvVar, ...entries: readonly (readonly Entry[])[]): Item {
  return { kind: 'item', value: map(pair('name', scalar(name, origin)), ...entries), origin }
}

/** A variable whose value comes from the operator, from Kubernetes, or from the engine version. */
function sourced(variable: EnvVar, source: Source, version: EngineVersion | undefined): readonly Item[] {
  switch (source.kind) {
    case 'value':
      return [item(variable, pair('value', source.value))]
    case 'version':
      return version === undefined ? [] : [item(variable, pair('value', version.version))]
    case 'field':
      return [item(variable, pair('valueFrom', map(pair('fieldRef', map(pair('fieldPath', source.path))))))]
    default:
      return []
  }
}

/** One variable that is a text, a knob, a secret or an account; a secret without a name leaves nothing. */
export function lowerEnvVar(variable: EnvVar): readonly Item[] {
  const { value, origin } = variable
  switch (value.kind) {
    case 'text':
    case 'knob':
      return [item(variable, pair('value', textNode(value)))]
    case 'account':
      return [
        item(variable, pair('valueFrom', map(pair('secretKeyRef', map(pair('name', '$(CONN_CREDENTIAL_SECRET_NAME)'), pair('key', value.field)))))),
      ]
    case 'secret': {
      const reference = map(pair('name', textNode(value.name)), pair('key', textNode(value.key)), value.optional ? pair('optional', true) : [])
      const secret = item(variable, pair('valueFrom', map(pair('secretKeyRef', reference))))
      if (!value.optional || value.name.kind === 'text') return [secret]
      return [{ kind: 'if', condition: values(value.name.knob), body: [secret], origin }]
    }
    case 'composed':
      return [item(variable, pair('value', composedText(value.parts)))]
    default:
      return []
  }
}

/** A text in which the kubelet puts in variables; it takes `$$` for a dollar sign. */
export function composedText(parts: readonly (string | { readonly variable: string })[]): string {
  return parts.map((part) => (typeof part === 'string' ? part.replaceAll('$', '$$$$') : `$(${part.variable})`)).join('')
}

/** A text, or the value of a knob as a text. */
function textNode(value: TextOrKnob): Node {
  if (value.kind === 'text') return scalar(value.text)
  return expr(toText(values(value.knob), value.isNumber), 'raw')
}
