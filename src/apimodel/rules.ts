import type { Path } from '../diagnostics/index.ts'
import { type ApiProblem, type Skipped, shown } from './problem.ts'
import type { Schema } from './schema.ts'

/** Evaluates CEL rules. */
export interface RuleEngine {
  /** Whether the rule holds for a value; what is wrong with it when it cannot be told. Nothing when the engine cannot read the rule. */
  holds(rule: string, self: unknown): { readonly holds: boolean } | { readonly error: string } | undefined
}

/** Loads the rule engine. Only for objects that have rules (`Api.needsRules`): it costs more than everything else. */
export async function loadRules(): Promise<RuleEngine> {
  return (await import('./cel.ts')).createRuleEngine()
}

/** Evaluates the rules of one place. `sound` says that the value has no other trouble: rules assume the types that the schema asks for. */
export function checkRules(
  schema: Schema,
  value: unknown,
  path: Path,
  sound: boolean,
  engine: RuleEngine | undefined,
): { readonly problems: readonly ApiProblem[]; readonly skipped: readonly Skipped[] } {
  const problems: ApiProblem[] = []
  const skipped: Skipped[] = []
  const skip = (rule: string, why: Skipped['why']) => skipped.push({ path, rule, why })
  let self: { readonly value: unknown } | undefined
  for (const { rule, transition } of schema.rules) {
    if (transition) skip(rule, 'transition')
    else if (engine === undefined) skip(rule, 'no-engine')
    else if (sound) {
      self ??= { value: celValue(schema, value) }
      const result = engine.holds(rule, self.value)
      if (result === undefined) skip(rule, 'unreadable')
      else if ('error' in result || !result.holds) {
        const message =
          'error' in result
            ? `A rule about ${shown(path)} cannot be evaluated: ${result.error}.`
            : `${shown(path)} breaks a rule: ${rule.replace(/\s+/g, ' ')}.`
        problems.push({ kind: 'rule', path, at: 'value', message, expected: rule })
      }
    }
  }
  return { problems, skipped }
}

/** A value as CEL sees it: defaults filled in, nulls dropped, whole numbers as integers, names of fields escaped as the API server does. */
function celValue(schema: Schema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => celValue(schema?.items, item))
  if (typeof value === 'object' && value !== null) {
    const map = new Map<string, unknown>()
    for (const [key, inner] of Object.entries(value)) {
      const field = schema?.field(key)
      const child = field ?? schema?.additional
      if (inner === null && child?.nullable !== true) continue
      map.set(field === undefined ? key : escapeName(key), celValue(child, inner))
    }
    for (const name of schema?.fieldNames ?? []) {
      const field = schema?.field(name)
      if (field?.hasDefault === true && !map.has(escapeName(name))) map.set(escapeName(name), celValue(field, field.default))
    }
    return Object.fromEntries(map)
  }
  const isInteger = schema?.type === 'integer' || schema?.type === 'int-or-string'
  return isInteger && Number.isInteger(value) ? BigInt(value as number) : value
}

/** Words that CEL keeps for itself. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
)

function escapeName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`
  return name.replace(/__|[.\-/]/g, (part) => ({ __: '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' })[part] ?? part)
}
