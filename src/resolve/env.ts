import type { Path } from '../diagnostics/index.ts'
import type { EnvValue } from '../generated/addon.ts'
import type { EnvVar, Knob, TextOrKnob } from '../model/addon.ts'
import { entriesOf, exactlyOne, type Scope } from './scope.ts'

/** Names that mean a secret when they hold a literal. */
const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$/i

/** What environment variables may refer to. */
export interface EnvScope {
  readonly knobs: readonly Pick<Knob, 'name' | 'type'>[]
  readonly accounts: readonly string[]
}

/** The environment of a container or job, in order. */
export function resolveEnv(scope: Scope, env: Readonly<Record<string, EnvValue>> | undefined, path: Path, declared: EnvScope): readonly EnvVar[] {
  return entriesOf(env, path).flatMap(({ name, value, origin }) => {
    const resolved = resolveValue(scope, name, value, origin, declared)
    return resolved === undefined ? [] : [{ name, origin, value: resolved }]
  })
}

function resolveValue(scope: Scope, name: string, value: EnvValue, origin: Path, declared: EnvScope): EnvVar['value'] | undefined {
  if (typeof value === 'string') {
    if (SECRET_NAME.test(name) && value !== '') scope.problem('addon/secret-literal', origin, `The variable ${name} holds a secret as plain text.`)
    return { kind: 'text', text: value }
  }
  const kind = exactlyOne(scope, value, ['knob', 'fact', 'secret', 'account'], origin)
  for (const [field, owner] of [
    ['live', 'fact'],
    ['optional', 'secret'],
    ['field', 'account'],
  ] as const) {
    if (value[field] !== undefined && value[owner] === undefined)
      scope.problem('addon/exactly-one', [...origin, field], `"${field}" belongs to "${owner}", which is not given.`, {
        at: 'key',
        hint: `remove "${field}", or give "${owner}"`,
      })
  }
  if (kind === undefined) return undefined
  if (kind === 'knob' && value.knob !== undefined) return resolveTextOrKnob(scope, { knob: value.knob }, origin, declared)
  if (kind === 'fact' && value.fact !== undefined) return { kind, fact: value.fact, live: value.live ?? false }
  if (kind === 'secret' && value.secret !== undefined) {
    const secretName = resolveTextOrKnob(scope, value.secret.name, [...origin, 'secret', 'name'], declared)
    const key = resolveTextOrKnob(scope, value.secret.key, [...origin, 'secret', 'key'], declared)
    return { kind, name: secretName, key, optional: value.optional ?? false }
  }
  if (value.account === undefined) return undefined
  scope.isDeclared('account', value.account, declared.accounts, [...origin, 'account'])
  if (value.field === undefined)
    scope.problem('schema/missing-field', origin, `${name} does not say which field of the account it takes.`, {
      hint: 'add field: username or field: password',
    })
  return { kind: 'account', account: value.account, field: value.field ?? 'password' }
}

function resolveTextOrKnob(scope: Scope, value: string | { readonly knob: string }, origin: Path, declared: EnvScope): TextOrKnob {
  if (typeof value === 'string') return { kind: 'text', text: value }
  const names = declared.knobs.map(({ name }) => name)
  if (scope.isDeclared('knob', value.knob, names, [...origin, 'knob'])) scope.uses.use('knob', value.knob)
  const type = declared.knobs.find(({ name }) => name === value.knob)?.type
  return { kind: 'knob', knob: value.knob, isNumber: type === 'integer' || type === 'number' }
}
