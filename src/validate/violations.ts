import type { ErrorObject } from 'ajv'
import { type Finding, formatPath, type Locate, type Path, type Report, suggest } from '../diagnostics/index.ts'
import type { Validator } from '../generated/validators.js'
import { fieldsAt, isOptionalAt, patternAt } from './fields.ts'
import { boundHint, formHint, typeHint } from './hints.ts'
import { kubernetesHint } from './kubernetes.ts'

/** A parsed document with the places of its values. */
export interface Document {
  readonly value: unknown
  readonly locate: Locate
}

/** Reports every violation of a schema at its place. Whether there is none. */
export function reportViolations(validator: Validator, schema: unknown, { value, locate }: Document, report: Report): boolean {
  const valid = validator(value)
  const errors = validator.errors ?? []
  const named = errors.map((error, index) => withName(error, errors.slice(index + 1)))
  for (const error of withoutRepeated(named, value)) {
    const finding = describe(error, schema, value, locate)
    if (finding !== undefined) report(finding)
  }
  return valid
}

/** An error about the name of a field, with that name: behind a `$ref` only the `propertyNames` error that follows has it. */
function withName(error: ErrorObject, following: readonly ErrorObject[]): ErrorObject {
  if (error.propertyName !== undefined || !ABOUT_TEXT.includes(error.keyword)) return error
  const next = following.find(({ keyword }) => !ABOUT_TEXT.includes(keyword))
  if (next?.keyword !== 'propertyNames' || next.instancePath !== error.instancePath) return error
  return { ...error, propertyName: String(next.params.propertyName) }
}

/** Without what is said of a text already: its length against a wider bound, and where a name is used that is too long where it is declared. */
function withoutRepeated(errors: readonly ErrorObject[], root: unknown): readonly ErrorObject[] {
  const tightest = new Map<string, ErrorObject>()
  const declared = new Set<unknown>()
  for (const error of errors) {
    if (error.keyword !== 'maxLength') continue
    if (error.propertyName !== undefined) declared.add(error.propertyName)
    const earlier = tightest.get(textPlace(error))
    if (earlier === undefined || limitOf(error) < limitOf(earlier)) tightest.set(textPlace(error), error)
  }
  return errors.filter((error) => {
    if (error.keyword !== 'maxLength') return true
    if (tightest.get(textPlace(error)) !== error) return false
    return error.propertyName !== undefined || !declared.has(valueAt(root, parsePointer(error.instancePath, root)))
  })
}

function textPlace({ instancePath, propertyName = '' }: ErrorObject): string {
  return `${instancePath}\0${propertyName}`
}

function limitOf({ params }: ErrorObject): number {
  return Number((params as Readonly<Record<string, unknown>>).limit)
}

/** Keywords that texts and names can break. */
const ABOUT_TEXT: readonly string[] = ['pattern', 'maxLength', 'minLength']

/** What a schema violation means to the author. Errors that only repeat another one give nothing. */
function describe(error: ErrorObject, schema: unknown, root: unknown, locate: Locate): Finding | undefined {
  const path = parsePointer(error.instancePath, root)
  const actual = valueAt(root, path)
  const params: Readonly<Record<string, unknown>> = error.params
  const name = path.length === 0 ? 'The document' : formatPath(path)
  const place = locate(path)
  const violated = { path, root, actual, pattern: patternAt(schema, path), isOptional: isOptionalAt(schema, path) }
  const bound = (length: number) => ({
    hint: boundHint(error.keyword, Number(params.limit), length, {
      isOptional: violated.isOptional,
      isName: error.propertyName !== undefined || violated.pattern !== undefined,
    }),
  })
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      const known = fieldsAt(schema, path)
      return {
        code: 'schema/unknown-field',
        message: `There is no field "${key}"${path.length === 0 ? '' : ` in ${name}`}.`,
        place: locate([...path, key], 'key'),
        hint: kubernetesHint(key, valueAt(actual, [key])) ?? suggest(key, known),
      }
    }
    case 'required':
      return { code: 'schema/missing-field', message: `${name} has no "${String(params.missingProperty)}".`, place: locate(path, 'key') }
    case 'type': {
      const wanted = [params.type].flat().map(String)
      return {
        code: 'schema/type',
        message: `${name} must be ${wanted.map(article).join(' or ')}, not ${describeValue(actual)}.`,
        place,
        ...typeHint(wanted, violated),
      }
    }
    case 'enum':
    case 'const': {
      const allowed = error.keyword === 'const' ? [params.allowedValue] : [params.allowedValues].flat()
      const hint = typeof actual === 'string' ? suggest(actual, allowed.map(String)) : `choose one of: ${allowed.map(String).join(', ')}`
      return { code: 'schema/enum', message: `${name} cannot be ${describeValue(actual)}.`, place, hint }
    }
    case 'pattern': {
      const key = error.propertyName
      const pattern = String(params.pattern)
      if (key !== undefined)
        return {
          code: 'schema/pattern',
          message: `The name "${key}" in ${name} does not have the form ${pattern}.`,
          place: locate([...path, key], 'key'),
          ...formHint(pattern, key),
        }
      return {
        code: 'schema/pattern',
        message: `${name} does not have the form ${pattern}: ${describeValue(actual)}.`,
        place,
        ...formHint(pattern, actual),
      }
    }
    case 'minimum':
    case 'maximum':
      return {
        code: 'schema/range',
        message: `${name} must be ${error.keyword === 'minimum' ? 'at least' : 'at most'} ${String(params.limit)}, not ${describeValue(actual)}.`,
        place,
        ...bound(0),
      }
    case 'minLength':
    case 'maxLength': {
      const least = error.keyword === 'minLength' ? 'at least' : 'at most'
      const key = error.propertyName
      if (key !== undefined)
        return {
          code: 'schema/range',
          message: `The name "${key}" in ${name} must have ${least} ${String(params.limit)} characters.`,
          place: locate([...path, key], 'key'),
          ...bound(key.length),
        }
      return {
        code: 'schema/range',
        message: `${name} must have ${least} ${String(params.limit)} characters.`,
        place,
        ...bound(String(actual).length),
      }
    }
    case 'minItems':
    case 'minProperties':
      return { code: 'schema/range', message: `${name} must hold at least ${String(params.limit)}.`, place, ...bound(0) }
    case 'propertyNames':
      // Each broken name has an error of its own.
      return undefined
    default:
      return { code: 'schema/type', message: `${name} is not valid (${error.keyword}).`, place }
  }
}

/** Turns `/ports/0/name` into steps; what is a list in the document gets numbers. */
function parsePointer(pointer: string, root: unknown): Path {
  let value = root
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const text = part.replaceAll('~1', '/').replaceAll('~0', '~')
      const step = Array.isArray(value) ? Number(text) : text
      value = valueAt(value, [step])
      return step
    })
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Readonly<Record<string | number, unknown>>)[step]
  }
  return current
}

function article(type: string): string {
  return (
    { string: 'a text', object: 'a map', array: 'a list', integer: 'a whole number', number: 'a number', boolean: 'true or false', null: 'null' }[
      type
    ] ?? type
  )
}

function describeValue(value: unknown): string {
  if (value === null) return 'nothing'
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return value.length > 60 ? `"${value.slice(0, 57)}..."` : JSON.stringify(value)
  return `${typeof value === 'number' ? 'the number ' : ''}${String(value)}`
}
