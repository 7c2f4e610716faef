import { keysAt, textAt } from '../../../objects/index.ts'
import {
  type Finding,
  FROM_09,
  type Item,
  itemsAt,
  nameMatches,
  nameOf,
  type ObjectPath,
  type OperatorRelease,
  ofKind,
  sidecarMatches,
  whole,
} from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'reference/pattern',
  kinds: [
    'BackupPolicyTemplate',
    'ClusterDefinition',
    'ComponentDefinition',
    'ComponentVersion',
    'ParamConfigRenderer',
    'ParametersDefinition',
    'ShardingDefinition',
    'SidecarDefinition',
  ],
  releases: FROM_09,
  source: 'release-1.0:pkg/controller/component/utils.go PrefixOrRegexMatched',
  check: (object, objects, release, others) => [
    ...patternsOf(object).flatMap((pattern) => reach(release, pattern, objects, others)),
    ...overlap(release, object, objects),
  ],
}
export default rule

interface Pattern {
  readonly text: string
  readonly path: ObjectPath
  readonly isSidecar: boolean
}

/** All references to ComponentDefinitions of an object. */
function patternsOf(object: unknown): readonly Pattern[] {
  const root = whole(object)
  const lists = [
    ...itemsAt(root, 'spec', 'compatibilityRules').flatMap((rule) => itemsAt(rule, 'compDefs')),
    ...itemsAt(root, 'spec', 'backupPolicies').flatMap((policy) => itemsAt(policy, 'componentDefs')),
    ...itemsAt(root, 'spec', 'compDefs'),
  ]
  const fields: readonly (Item & { readonly field: readonly string[] })[] = [
    ...itemsAt(root, 'spec', 'topologies').flatMap((topology) => itemsAt(topology, 'components').map((item) => ({ ...item, field: ['compDef'] }))),
    ...itemsAt(root, 'spec', 'vars').flatMap((item) =>
      keysAt(item.item, 'valueFrom').map((kind) => ({ ...item, field: ['valueFrom', kind, 'compDef'] })),
    ),
    { ...root, field: ['spec', 'template', 'compDef'] },
    { ...root, field: ['spec', 'componentDef'] },
  ]
  return [
    ...lists.map(({ item, path }) => ({ text: String(item), path, isSidecar: false })),
    ...fields.map(({ item, path, field }) => ({ text: textAt(item, ...field) ?? '', path: [...path, ...field], isSidecar: false })),
    { text: textAt(object, 'spec', 'owner') ?? '', path: ['spec', 'owner'], isSidecar: true },
    ...itemsAt(root, 'spec', 'selectors').map(({ item, path }) => ({ text: String(item), path, isSidecar: true })),
  ].filter(({ text }) => text !== '')
}

/** A pattern meant for definitions of the chart that matches those of another one too. */
function reach(
  release: OperatorRelease,
  { text, path, isSidecar }: Pattern,
  objects: readonly unknown[],
  others: readonly unknown[],
): readonly Finding[] {
  const isMatch = (name: string) => (isSidecar ? sidecarMatches(name, text) : nameMatches(release, name, text))
  const own = namesOf(objects)
  if (!own.some(isMatch)) return []
  const foreign = namesOf(others).find((name) => isMatch(name) && !own.includes(name))
  if (foreign === undefined) return []
  return [{ path, message: `"${text}" matches "${foreign}" of another chart as well.`, hint: anchored(text) }]
}

function anchored(text: string): string {
  return text.startsWith('^') ? 'write more of the name' : `anchor it: "^${text}"`
}

/** Components of one topology for different definitions, one of which also matches those of the other. */
function overlap(release: OperatorRelease, object: unknown, objects: readonly unknown[]): readonly Finding[] {
  const names = namesOf(objects)
  return itemsAt(whole(object), 'spec', 'topologies').flatMap((topology) => {
    const components = itemsAt(topology, 'components').map(({ item, path }) => ({
      name: textAt(item, 'name') ?? '',
      pattern: textAt(item, 'compDef') ?? '',
      path: [...path, 'compDef'],
    }))
    const reached = (pattern: string) => names.filter((name) => nameMatches(release, name, pattern))
    return components.flatMap(({ pattern, path }) => {
      const own = reached(pattern)
      // What the other means is part of what this one matches.
      const other = components.find((candidate) => {
        const theirs = reached(candidate.pattern)
        return candidate.pattern !== pattern && theirs.length > 0 && theirs.length < own.length && theirs.every((name) => own.includes(name))
      })
      if (pattern === '' || other === undefined) return []
      const [shared] = reached(other.pattern)
      return [{ path, message: `"${pattern}" matches "${shared}" as well, which the component "${other.name}" is for.`, hint: anchored(pattern) }]
    })
  })
}

function namesOf(objects: readonly unknown[]): readonly string[] {
  return ofKind(objects, 'ComponentDefinition').map(nameOf)
}
