import type { Path } from '../diagnostics/index.ts'
import type { EnvValue as EnvValueDescriptor } from '../generated/addon.ts'
import type { EnvValue, EnvVar, TextOrKnob } from '../model/addon.ts'
import type { EnvScope } from './env-scope.ts'
import { resolveFact, targetComponent } from './facts.ts'
import { entriesOf, exactlyOne, type Scope } from './scope.ts'

/** Names that mean a secret when they hold a literal. */
const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$/i

/** The environment of a container or job, in order. */
export function resolveEnv(
  scope: Scope,
  env: Readonly<Record<string, EnvValueDescriptor>> | undefined,
  path: Path,
  declared: EnvScope,
): readonly EnvVar[] {
  const earlier: string[] = []
  return entriesOf(env, path).flatMap(({ name, value, origin }) => {
    const resolved = resolveValue(scope, name, value, origin, declared, [...earlier])
    earlier.push(name)
    return resolved === undefined ? [] : [{ name, origin, value: resolved }]
  })
}

const KINDS = ['text', 'knob', 'fact', 'secret', 'account', 'reference'] as const

/** Fields that say more about a value, with the kinds they belong to. */
const OWNERS = [
  ['live', ['fact']],
  ['of', ['fact', 'account']],
  ['service', ['fact']],
  ['port', ['fact']],
  ['optional', ['secret', 'of']],
  ['field', ['account', 'reference']],
] as const

function resolveValue(
  scope: Scope,
  name: string,
  value: EnvValueDescriptor,
  origin: Path,
  declared: EnvScope,
  earlier: readonly string[],
): EnvValue | undefined {
  const text = typeof value === 'string' ? value : value.text
  if (text !== undefined) warnOfHelm(scope, name, text, typeof value === 'string' ? origin : [...origin, 'text'])
  if (typeof value === 'string') return plainText(scope, name, value, origin)
  const kind = exactlyOne(scope, value, KINDS, origin)
  for (const [field, owners] of OWNERS) {
    if (value[field] === undefined || owners.some((owner) => value[owner] !== undefined)) continue
    const given = owners.map((owner) => `"${owner}"`).join(' or ')
    scope.problem('addon/exactly-one', [...origin, field], `"${field}" belongs to ${given}, which is not given.`, {
      at: 'key',
      hint: `remove "${field}", or give ${given}`,
    })
  }
  switch (kind) {
    case undefined:
      return undefined
    case 'text':
      return composed(scope, name, value.text ?? '', [...origin, 'text'], earlier)
    case 'knob':
      return value.knob === undefined ? undefined : resolveTextOrKnob(scope, { knob: value.knob }, origin, declared)
    case 'fact':
      return resolveFact(scope, value, origin, declared)
    case 'secret': {
      if (value.secret === undefined) return undefined
      const secretName = resolveTextOrKnob(scope, value.secret.name, [...origin, 'secret', 'name'], declared)
      const key = resolveTextOrKnob(scope, value.secret.key, [...origin, 'secret', 'key'], declared)
      return { kind, name: secretName, key, optional: value.optional ?? false }
    }
    case 'account':
      return resolveAccount(scope, name, value, origin, declared)
    case 'reference':
      return resolveReference(scope, name, value, origin, declared)
  }
}

type ValueMap = Exclude<EnvValueDescriptor, string>

function resolveAccount(scope: Scope, name: string, value: ValueMap, origin: Path, declared: EnvScope): EnvValue {
  const { account = '', field, optional = false } = value
  const target = targetComponent(scope, value.of, [...origin, 'of'], declared)
  if (value.of === undefined || target !== undefined)
    scope.isDeclared('account', account, Object.keys(target?.component.accounts ?? {}), [...origin, 'account'])
  if (field === undefined)
    scope.problem('schema/missing-field', origin, `${name} does not say which field of the account it takes.`, {
      hint: 'add field: username or field: password',
    })
  else if (field !== 'username' && field !== 'password')
    scope.problem('addon/reference', [...origin, 'field'], `An account has no field "${field}".`, { hint: 'choose one of: username, password' })
  return { kind: 'account', account, field: field === 'username' ? field : 'password', of: target?.of, optional }
}

function resolveReference(scope: Scope, name: string, { reference = '', field }: ValueMap, origin: Path, declared: EnvScope): EnvValue {
  const self = declared.self === undefined ? undefined : declared.components[declared.self]
  scope.isDeclared('reference', reference, Object.keys(self?.references ?? {}), [...origin, 'reference'])
  if (field === undefined)
    scope.problem('schema/missing-field', origin, `${name} does not say which field of the reference it takes.`, {
      hint: 'add field: host, port, endpoint, username or password',
    })
  return { kind: 'reference', reference, field: field ?? 'host' }
}

/** What charts of Helm write as actions, which no text of a descriptor is. */
const HELM_ACTION = /\{\{[^}]*?\.(Values\.([A-Za-z]\w*)|Values|Release\.\w+|Chart\.\w+|Capabilities)\b/

/** Facts that stand for what Helm knows of a release. */
const HELM_FACTS: Readonly<Record<string, string>> = { 'Release.Name': '{fact: clusterName}', 'Release.Namespace': '{fact: namespace}' }

function warnOfHelm(scope: Scope, name: string, text: string, origin: Path): void {
  const [, root, value = 'NAME'] = HELM_ACTION.exec(text) ?? []
  if (root === undefined) return
  const knob = `{knob: ${value}}, and declare ${value} in the values of the addon`
  scope.problem('addon/helm-action', origin, `The text of ${name} holds an action of Helm, which nobody renders: the engine gets it as it stands.`, {
    hint: `write ${Object.hasOwn(HELM_FACTS, root) ? HELM_FACTS[root] : root.startsWith('Values') ? knob : 'the text itself'}`,
  })
}

function plainText(scope: Scope, name: string, text: string, origin: Path): EnvValue {
  if (SECRET_NAME.test(name) && text !== '') scope.problem('addon/secret-literal', origin, `The variable ${name} holds a secret as plain text.`)
  return { kind: 'text', text }
}

/** A text with `${NAME}` for variables that stand before it, and `$$` for a dollar sign. */
function composed(scope: Scope, name: string, text: string, origin: Path, earlier: readonly string[]): EnvValue {
  const parts: (string | { readonly variable: string })[] = []
  const literal = (piece: string) => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + piece
    else if (piece !== '') parts.push(piece)
  }
  for (const [token, variable] of text.matchAll(/\$\$|\$\{([^}]*)\}|[^$]+|\$/g)) {
    if (variable !== undefined) {
      scope.isDeclared('variable', variable, earlier, origin, 'before this one')
      parts.push({ variable })
    } else literal(token === '$$' ? '$' : token)
  }
  if (parts.every((part) => typeof part === 'string')) return plainText(scope, name, parts.join(''), origin)
  return { kind: 'composed', parts }
}

function resolveTextOrKnob(scope: Scope, value: string | { readonly knob: string }, origin: Path, declared: EnvScope): TextOrKnob {
  if (typeof value === 'string') return { kind: 'text', text: value }
  const names = declared.knobs.map(({ name }) => name)
  if (scope.isDeclared('knob', value.knob, names, [...origin, 'knob'])) scope.uses.use('knob', value.knob)
  const type = declared.knobs.find(({ name }) => name === value.knob)?.type
  return { kind: 'knob', knob: value.knob, isNumber: type === 'integer' || type === 'number' }
}
