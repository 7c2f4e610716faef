import { at, keysAt, listAt, textAt } from '../objects/index.ts'
import type { Component } from './cluster.ts'
import type { EnvVar } from './kubelet.ts'
import { chooseDefinition, nameMatches, nameOf } from './matching.ts'
import { type Referent, type Resolved, resolveReference } from './references.ts'
import { evaluateExpressions } from './var-expressions.ts'

/** `vars` of a ComponentDefinition, resolved: plain ones and credentials, each in the order of declaration, and what templates see of the plain ones. */
export interface Vars {
  readonly plain: readonly EnvVar[]
  readonly credentials: readonly EnvVar[]
  readonly template: ReadonlyMap<string, string>
  readonly problems: readonly string[]
}

interface Found {
  readonly plain: EnvVar[]
  readonly credentials: EnvVar[]
  readonly problems: string[]
}

/** What a reference to another variable looks like inside a value. */
const REFERENCE = /\$\(([^)]+)\)/g

/** Whether a value still refers to a variable, so that it must stay where the kubelet expands it. */
export function hasReference(text: string): boolean {
  return text.search(REFERENCE) >= 0
}

/** Resolves the vars of a component. release-0.8 to release-1.1:pkg/controller/component/vars.go. */
export function resolveVars(component: Component, objects: readonly unknown[], builtins: readonly EnvVar[]): Vars {
  const found: Found = { plain: [...builtins], credentials: [], problems: [] }
  const defined = listAt(component.definition, 'spec', 'vars')
  for (const variable of defined) {
    const name = textAt(variable, 'name') ?? ''
    const source = at(variable, 'valueFrom')
    if (source === undefined || source === null) found.plain.push({ name, value: textAt(variable, 'value') ?? '' })
    else resolveSource(component, objects, name, source, textAt(variable, 'value'), found)
  }
  evaluateExpressions(defined, found.plain, found.credentials, found.problems)
  const plain = new Map(found.plain.map(({ name, value = '' }) => [name, value]))
  const credentials = new Map(found.credentials.map((credential) => [credential.name, credential]))
  return {
    plain: found.plain.map((variable) => ({ name: variable.name, ...withReferences(variable.value ?? '', plain, credentials) })),
    credentials: found.credentials,
    template: new Map(found.plain.map(({ name, value = '' }) => [name, withReferences(value, plain, new Map()).value ?? ''])),
    problems: found.problems,
  }
}

/**
 * Replaces references to other vars, once: values that come in are not looked at again. `$$(NAME)` stays as `$(NAME)`.
 * A value that is nothing but a credential becomes where that comes from. Inside longer text a reference to a credential stays as it is, and
 * the kubelet does not replace it either: credentials come after all plain vars. A container's own env can refer to both.
 * resolveValueReferenceNEscaping.
 */
function withReferences(
  value: string,
  plain: ReadonlyMap<string, string>,
  credentials: ReadonlyMap<string, EnvVar>,
): { readonly value?: string; readonly valueFrom?: unknown } {
  const whole = /^\$\(([^)]+)\)$/.exec(value)?.[1]
  const credential = whole === undefined || plain.has(whole) ? undefined : credentials.get(whole)
  if (credential?.valueFrom !== undefined) return { valueFrom: credential.valueFrom }
  return {
    value: value.replace(/\$?\$\(([^)]+)\)/g, (found, name: string) =>
      found.startsWith('$$') ? found.slice(1) : (plain.get(name) ?? credentials.get(name)?.value ?? found),
    ),
  }
}

function resolveSource(
  component: Component,
  objects: readonly unknown[],
  name: string,
  source: unknown,
  value: string | undefined,
  found: Found,
): void {
  const { release, cluster } = component
  const [kind] = keysAt(source)
  if (kind === undefined) return
  const reference = at(source, kind)
  const known = Object.hasOwn(release.selectors, kind) ? release.selectors[kind] : undefined
  if (known === undefined) {
    found.problems.push(`${name}: KubeBlocks ${release.version} does not know ${kind}`)
    return
  }
  if (kind === 'configMapKeyRef' || kind === 'secretKeyRef') {
    resolveKey(component, name, kind, reference, found)
    return
  }
  if (kind === 'clusterVarRef') {
    const texts: Readonly<Record<string, string>> = { namespace: cluster.namespace, clusterName: cluster.name, clusterUID: cluster.uid }
    const field = known.find((candidate) => at(reference, candidate) !== undefined)
    if (field !== undefined) found.plain.push({ name, value: texts[field] ?? '' })
    return
  }
  const field = known.find((candidate) => at(reference, candidate) !== undefined)
  if (field === undefined) {
    // The operator leaves such a var out without a word.
    found.problems.push(`${name}: ${kind} asks for nothing that KubeBlocks ${release.version} gives`)
    return
  }
  const isOptional = at(reference, 'optional') === true
  if (kind === 'hostNetworkVarRef') {
    // No host network here: the var falls back to its value, when the reference is optional.
    if (!isOptional) found.problems.push(`${name}: the component has no host network, and the reference is not optional`)
    else if (value !== undefined && value !== '') found.plain.push({ name, value })
    return
  }
  const referents = referentsOf(component, objects, reference)
  if ('problem' in referents) {
    if (!isOptional) found.problems.push(`${name}: ${referents.problem}`)
    return
  }
  const option = textAt(reference, field) ?? textAt(reference, field, 'option')
  const all = referents.map((referent) => ({ referent, resolved: resolveReference(component, name, kind, reference, referent) }))
  for (const { resolved } of all) {
    if ('problem' in resolved && !isOptional) found.problems.push(`${name}: ${resolved.problem}`)
    if ('nothing' in resolved && option !== 'Optional') found.problems.push(`${name}: ${kind} gives no ${field}, and it is required`)
  }
  const [only] = all
  if (all.length > 1) addSeveral(name, reference, all, found)
  else if (only !== undefined) add(name, only.resolved, found)
}

function add(name: string, resolved: Resolved, found: Found): void {
  if ('plain' in resolved) found.plain.push({ name, value: resolved.plain })
  if ('credential' in resolved) found.credentials.push({ ...resolved.credential, name })
}

type Each = { readonly referent: Referent; readonly resolved: Resolved }

/** handleMultipleClusterObjectVars: one var for each component, or one with all of them. */
function addSeveral(name: string, reference: unknown, all: readonly Each[], found: Found): void {
  const option = at(reference, 'multipleClusterObjectOption')
  const sorted = [...all].sort((a, b) => (a.referent.component.name < b.referent.component.name ? -1 : 1))
  if (textAt(option, 'strategy') === 'individual') {
    found.plain.push({ name, value: '' })
    for (const { referent, resolved } of sorted) add(`${name}_${referent.component.name.replaceAll('-', '_').toUpperCase()}`, resolved, found)
    return
  }
  const combined = at(option, 'combinedOption')
  const pair = textAt(combined, 'flattenFormat', 'keyValueDelimiter') ?? ':'
  const between = textAt(combined, 'flattenFormat', 'delimiter') ?? ','
  const texts = sorted.flatMap(({ referent, resolved }) => ('plain' in resolved ? [`${referent.component.name}${pair}${resolved.plain}`] : []))
  if (sorted.some(({ resolved }) => 'credential' in resolved)) found.problems.push(`${name}: credentials of several components cannot be combined`)
  const suffix = textAt(combined, 'newVarSuffix')
  if (suffix !== undefined) found.plain.push({ name, value: '' })
  found.plain.push({ name: suffix === undefined ? name : `${name}_${suffix}`, value: texts.join(between) })
}

function resolveKey(component: Component, name: string, kind: 'configMapKeyRef' | 'secretKeyRef', reference: unknown, found: Found): void {
  const { configMaps = {}, secrets = {} } = component.cluster
  const [object, key] = [textAt(reference, 'name') ?? '', textAt(reference, 'key') ?? '']
  const objects = kind === 'secretKeyRef' ? secrets : configMaps
  const data = Object.hasOwn(objects, object) ? objects[object] : undefined
  const value = data !== undefined && Object.hasOwn(data, key) ? data[key] : undefined
  if (value === undefined) {
    if (at(reference, 'optional') !== true) found.problems.push(`${name}: the key "${key}" of "${object}" is not there`)
  } else if (kind === 'secretKeyRef') found.credentials.push({ name, valueFrom: { secretKeyRef: { name: object, key } } })
  else found.plain.push({ name, value })
}

/** The components a reference looks at: resolveReferentComponents. None named: the component itself. */
function referentsOf(component: Component, objects: readonly unknown[], reference: unknown): readonly Referent[] | { readonly problem: string } {
  const { release, cluster, wanted, definition } = component
  const pattern = textAt(reference, 'compDef') ?? ''
  const isMany = at(reference, 'multipleClusterObjectOption') !== undefined
  if (pattern === '' || (!isMany && nameMatches(release, component.definitionName, pattern))) return [{ component: wanted, definition }]
  const referents = cluster.components.flatMap((candidate) => {
    const choice = chooseDefinition(release, objects, candidate.definition, candidate.serviceVersion)
    if ('problem' in choice || !nameMatches(release, nameOf(choice.definition), pattern)) return []
    return [{ component: candidate, definition: choice.definition }]
  })
  if (referents.length === 0) return { problem: `no component of the cluster uses a definition that matches "${pattern}"` }
  if (referents.length > 1 && !isMany)
    return { problem: `several components use definitions that match "${pattern}", and multipleClusterObjectOption is not set` }
  return referents
}
