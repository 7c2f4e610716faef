import { anyOf, type Entry, expr, type Item, items, map, pair, scalar, values } from '../../gotemplate/index.ts'
import type { Component } from '../../model/addon.ts'
import type { Value } from '../../model/chart.ts'
import type { Lowering } from '../release.ts'
import { leaf } from './leaf.ts'
import { camelCase } from './sizes.ts'

/** Names of ServiceDescriptors for the services outside the cluster that components need. Before 0.9 references are lost. */
export function referenceValues({ addon, release }: Lowering): readonly Value[] {
  if (release.family === 'clusterdefinition') return []
  const references = new Map(addon.components.flatMap(({ references }) => references.map((reference) => [reference.name, reference] as const)))
  return [...references.values()].map(({ name, kind, isOptional }) =>
    leaf(
      valueName(name),
      `Name of a ServiceDescriptor for ${name}, of the kind ${kind}; ${isOptional ? 'empty to do without' : 'the cluster does not start without it'}.`,
      '',
      { type: 'string', pattern: '^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$' },
    ),
  )
}

/** `serviceRefs` of a component, for those that a value names. */
export function serviceReferences({ references }: Component): Entry[] {
  const [first] = references
  if (first === undefined) return []
  const list = items(
    ...references.map(({ name, origin }): readonly Item[] => {
      const item: Item = { kind: 'item', value: map(pair('name', scalar(name, origin)), pair('serviceDescriptor', expr(values(valueName(name))))) }
      return [{ kind: 'if', condition: values(valueName(name)), body: [item] }]
    }),
  )
  return [
    {
      kind: 'if',
      condition: anyOf(values(valueName(first.name)), ...references.slice(1).map(({ name }) => values(valueName(name)))),
      body: pair('serviceRefs', list),
    },
  ]
}

function valueName(reference: string): string {
  return `${camelCase(reference)}ServiceDescriptor`
}
