import { suggest } from '../diagnostics/index.ts'
import { canonical } from './json.ts'
import { type ApiProblem, type ProblemKind, shownValue, typeOfValue } from './problem.ts'
import type { Schema, SchemaType } from './schema.ts'

/** What is wrong with a value apart from what is inside it. `what` names the place in the sentence. */
export type ValueProblem = Pick<ApiProblem, 'kind' | 'message' | 'hint' | 'expected'>

const NAMES: Readonly<Record<SchemaType, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  'int-or-string': 'a whole number or a text',
  any: 'any value',
}

/** Whether a value has the type. `1.0` is a whole number, as for the API server. */
export function hasType(type: SchemaType, value: unknown): boolean {
  switch (type) {
    case 'any':
      return true
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'int-or-string':
      return typeof value === 'string' || Number.isInteger(value)
    default:
      return typeof value === type
  }
}

/** The problem of a value that has not the type of its schema. */
export function typeProblem(schema: Schema, value: unknown, what: string): ValueProblem {
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  return {
    kind: 'type',
    message: `${what} must be ${NAMES[schema.type]}, not ${typeOfValue(value)}.`,
    ...(schema.type === 'string' && scalar ? { hint: `quote it: ${JSON.stringify(String(value))}` } : {}),
    expected: schema.type,
  }
}

/** Checks what the facts of a schema say about a value that has the right type: enum, pattern, format, bounds. Unreadable patterns are handed to `skip`. */
export function valueProblems(
  facts: (keyword: string) => unknown,
  format: string | undefined,
  value: unknown,
  what: string,
  skip: (pattern: string) => void,
): readonly ValueProblem[] {
  const problems: ValueProblem[] = []
  const add = (kind: ProblemKind, message: string, expected: unknown, hint?: string) =>
    problems.push({ kind, message, expected, ...(hint === undefined ? {} : { hint }) })
  const number = (keyword: string): number | undefined => {
    const bound = facts(keyword)
    return typeof bound === 'number' ? bound : undefined
  }
  const allowed = facts('enum')
  if (Array.isArray(allowed) && !allowed.some((one) => one === value || canonical(one) === canonical(value)))
    add('enum', `${what} cannot be ${shownValue(value)}.`, allowed, hintFor(value, allowed))
  const bounds = (size: number, min: string, max: string, kind: ProblemKind, unit: string) => {
    const least = number(min)
    const most = number(max)
    if (least !== undefined && size < least) add(kind, `${what} must have at least ${least} ${unit}, not ${size}.`, least)
    if (most !== undefined && size > most) add(kind, `${what} must have at most ${most} ${unit}, not ${size}.`, most)
  }
  if (typeof value === 'string') {
    bounds([...value].length, 'minLength', 'maxLength', 'length', 'characters')
    const pattern = facts('pattern')
    if (typeof pattern === 'string') {
      const expression = compile(pattern)
      if (expression === undefined) skip(pattern)
      else if (!expression.test(value)) add('pattern', `${what} does not have the form ${pattern}: ${shownValue(value)}.`, pattern)
    }
    const check = format === undefined ? undefined : TEXT_FORMATS.get(format)
    if (check !== undefined && !check(value)) add('format', `${what} does not have the form of a ${format}: ${shownValue(value)}.`, format)
  } else if (typeof value === 'number') {
    const limit = format === undefined ? undefined : NUMBER_FORMATS.get(format)
    if (limit !== undefined && (value < -limit || value >= limit)) add('range', `${what} must fit into ${format}, unlike ${value}.`, format)
    const least = number('minimum')
    const most = number('maximum')
    if (least !== undefined && (value < least || (value === least && facts('exclusiveMinimum') === true)))
      add('range', `${what} must be ${facts('exclusiveMinimum') === true ? 'over' : 'at least'} ${least}, not ${value}.`, least)
    if (most !== undefined && (value > most || (value === most && facts('exclusiveMaximum') === true)))
      add('range', `${what} must be ${facts('exclusiveMaximum') === true ? 'under' : 'at most'} ${most}, not ${value}.`, most)
    const step = number('multipleOf')
    if (step !== undefined && !Number.isInteger(value / step)) add('range', `${what} must be a multiple of ${step}, not ${value}.`, step)
  } else if (Array.isArray(value)) bounds(value.length, 'minItems', 'maxItems', 'size', 'items')
  else if (typeof value === 'object' && value !== null) bounds(Object.keys(value).length, 'minProperties', 'maxProperties', 'size', 'entries')
  return problems
}

function hintFor(value: unknown, allowed: readonly unknown[]): string {
  const names = allowed.map((one) => (typeof one === 'string' && one !== '' ? one : shownValue(one)))
  return typeof value === 'string' ? suggest(value, names) : `choose one of: ${names.join(', ')}`
}

const expressions = new Map<string, RegExp | undefined>()

/** A pattern as JavaScript reads it; nothing where it cannot. */
function compile(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) {
    try {
      expressions.set(pattern, new RegExp(pattern))
    } catch {
      expressions.set(pattern, undefined)
    }
  }
  return expressions.get(pattern)
}

/** Values of integer formats are below this and not below its negative. */
const NUMBER_FORMATS: ReadonlyMap<string, number> = new Map([
  ['int32', 2 ** 31],
  ['int64', 2 ** 63],
])

/** Formats of texts that the API server checks and that CRDs of operators use. */
const TEXT_FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date-time', (text) => /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))],
  ['date', (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))],
  ['byte', (text) => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)],
  ['uuid', (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text)],
])
