import type { Path } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { Knob } from '../model/addon.ts'
import { entriesOf, type Scope } from './scope.ts'

/** Names of values every chart has. */
const STANDARD = ['image', 'images', 'commonLabels', 'nameOverride', 'global', 'enabled']

/** The install-time knobs, with defaults that fit their types. */
export function resolveKnobs(scope: Scope, addon: Addon): readonly Knob[] {
  return entriesOf(addon.values, ['values']).map(({ name, value, origin }) => {
    if (STANDARD.includes(name)) scope.problem('addon/reserved-name', origin, `Every chart has a value "${name}" of its own.`, { at: 'key' })
    const wrong = contradiction(value, value.default)
    // Helm 3 cannot read control characters in values, and no setting needs them.
    if (typeof value.default === 'string' && /[^\P{Cc}\t\n\r]|[\ufeff\ufffe\uffff]/u.test(value.default))
      scope.problem('addon/knob', [...origin, 'default'], `The default of the knob "${name}" holds a character that values cannot have.`)
    if (wrong !== undefined) scope.problem('addon/knob', [...origin, 'default'], `The default of the knob "${name}" ${wrong}.`)
    if (value.pattern !== undefined) checkPattern(scope, value.pattern, [...origin, 'pattern'])
    const { type, description, enum: allowed, minimum, maximum, pattern } = value
    return { name, type, description, default: value.default, enum: allowed, minimum, maximum, pattern, origin }
  })
}

/** What a value must be: the common part of knobs and parameters. */
export interface Constraint {
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  readonly enum?: readonly (string | number | boolean)[]
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
}

/** Why a value does not fit, in words that follow its name; nothing when it fits. */
export function contradiction(constraint: Constraint, value: string | number | boolean): string | undefined {
  const { type, enum: allowed, minimum, maximum, pattern } = constraint
  const actual = typeof value === 'number' && Number.isInteger(value) && type === 'integer' ? 'integer' : typeof value
  if (actual !== type) return `is not of the type ${type}`
  if (allowed !== undefined && !allowed.includes(value)) return `is none of ${allowed.join(', ')}`
  if (typeof value === 'number' && minimum !== undefined && value < minimum) return `is below the minimum ${minimum}`
  if (typeof value === 'number' && maximum !== undefined && value > maximum) return `is above the maximum ${maximum}`
  if (typeof value === 'string' && pattern !== undefined && isPortable(pattern) && !new RegExp(pattern, 'u').test(value))
    return `does not have the form ${pattern}`
  return undefined
}

/** Whether RE2 and JavaScript read a pattern alike: it compiles, and has no lookaround, back reference or possessive quantifier. */
function isPortable(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
  } catch {
    return false
  }
  return !/\(\?[=!<]|\\[1-9]|\\k|[*+?}]\+|\\c|\\u/.test(pattern)
}

function checkPattern(scope: Scope, pattern: string, path: Path): void {
  if (!isPortable(pattern)) scope.problem('addon/pattern', path, `The pattern ${pattern} is not read alike by RE2 and JavaScript.`)
}
