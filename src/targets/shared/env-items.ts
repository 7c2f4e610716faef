import { type Entry, expr, type Item, map, type Node, pair, scalar, toText, values } from '../../gotemplate/index.ts'
import type { ComposedValue, EnvVar, Fact, TextOrKnob } from '../../model/addon.ts'
import { inGroup } from './images.ts'

/** Pod fields behind facts that the downward API gives. */
export const POD_FIELDS: Partial<Readonly<Record<Fact, string>>> = {
  podName: 'metadata.name',
  podUID: 'metadata.uid',
  podIP: 'status.podIP',
  nodeName: 'spec.nodeName',
  hostIP: 'status.hostIP',
  namespace: 'metadata.namespace',
}

/** A variable of a container with its name and what gives its value. */
export function envItem({ name, origin }: Pick<EnvVar, 'name' | 'origin'>, ...entries: readonly (readonly Entry[])[]): Item {
  return { kind: 'item', value: map(pair('name', scalar(name, origin)), ...entries), origin }
}

/** A variable from a field of the pod. */
export function fieldItem(variable: Pick<EnvVar, 'name' | 'origin'>, field: string): Item {
  return envItem(variable, pair('valueFrom', map(pair('fieldRef', map(pair('fieldPath', field))))))
}

/** Whether a value says itself what it is; the rest comes from the cluster. */
export function isPlain(value: EnvVar['value']): value is PlainValue {
  return value.kind === 'text' || value.kind === 'knob' || value.kind === 'secret' || value.kind === 'composed'
}

type PlainValue = Extract<EnvVar['value'], { readonly kind: 'text' | 'knob' | 'secret' | 'composed' }>

/** A text, knob, secret or composed text. A secret without a name leaves nothing. Knobs may stand in a group of values. */
export function plainItem(variable: EnvVar, value: PlainValue, group?: string): readonly Item[] {
  if (value.kind === 'composed') return [composedItem(variable, value)]
  if (value.kind !== 'secret') return [envItem(variable, pair('value', textNode(value, group)))]
  const reference = map(
    pair('name', textNode(value.name, group)),
    pair('key', textNode(value.key, group)),
    value.optional ? pair('optional', true) : [],
  )
  const item = envItem(variable, pair('valueFrom', map(pair('secretKeyRef', reference))))
  if (!value.optional || value.name.kind === 'text') return [item]
  return [{ kind: 'if', condition: values(...inGroup(group, value.name.knob)), body: [item], origin: variable.origin }]
}

/** A text, or the value of a knob as a text. */
export function textNode(value: TextOrKnob, group?: string): Node {
  if (value.kind === 'text') return scalar(value.text)
  return expr(toText(values(...inGroup(group, value.knob)), value.isNumber), 'raw')
}

/** A text with the variables in it, which the kubelet puts in; it takes `$$` for a dollar sign, also where a variable follows one. */
function composedItem(variable: EnvVar, { parts }: ComposedValue): Item {
  const text = parts.map((part) => (typeof part === 'string' ? part.replaceAll('$', '$$$$') : `$(${part.variable})`)).join('')
  return envItem(variable, pair('value', text))
}
