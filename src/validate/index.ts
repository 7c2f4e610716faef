import type { ErrorObject } from 'ajv'
import addonSchema from '../../schemas/addon.v1.schema.json' with { type: 'json' }
import parametersSchema from '../../schemas/parameters.v1.schema.json' with { type: 'json' }
import { type Finding, formatPath, type Locate, type Path, type Report, suggest } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { Parameters } from '../generated/parameters.ts'
import { type Validator, validateAddon, validateParameters } from '../generated/validators.js'
import { fieldsAt, patternAt } from './fields.ts'

/** A parsed document with the places of its values. */
export interface Document {
  readonly value: unknown
  readonly locate: Locate
}

/** Checks a descriptor against its schema, and reports every violation at its place. Returns it typed when there is none. */
export function validate(document: Document, report: Report): Addon | undefined {
  return run(validateAddon, addonSchema, document, report) ? (document.value as Addon) : undefined
}

/** The same for a file of parameters. */
export function validateParameterFile(document: Document, report: Report): Parameters | undefined {
  return run(validateParameters, parametersSchema, document, report) ? (document.value as Parameters) : undefined
}

function run(validator: Validator, schema: unknown, { value, locate }: Document, report: Report): boolean {
  const valid = validator(value)
  const errors = validator.errors ?? []
  for (const [index, error] of errors.entries()) {
    const finding = describe(withName(error, errors.slice(index + 1)), schema, value, locate)
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

/** Keywords that texts and names can break. */
const ABOUT_TEXT: readonly string[] = ['pattern', 'maxLength', 'minLength']

/** What a schema violation means to the author. Errors that only repeat another one give nothing. */
function describe(error: ErrorObject, schema: unknown, root: unknown, locate: Locate): Finding | undefined {
  const path = parsePointer(error.instancePath, root)
  const actual = valueAt(root, path)
  const params: Readonly<Record<string, unknown>> = error.params
  const name = path.length === 0 ? 'The document' : formatPath(path)
  const place = locate(path)
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      const known = fieldsAt(schema, path)
      return {
        code: 'schema/unknown-field',
        message: `There is no field "${key}"${path.length === 0 ? '' : ` in ${name}`}.`,
        place: locate([...path, key], 'key'),
        hint: suggest(key, known),
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
        ...typeHint(wanted, actual, patternAt(schema, path)),
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
          ...formHint(pattern),
        }
      return { code: 'schema/pattern', message: `${name} does not have the form ${pattern}: ${describeValue(actual)}.`, place, ...formHint(pattern) }
    }
    case 'minimum':
    case 'maximum':
      return {
        code: 'schema/range',
        message: `${name} must be ${error.keyword === 'minimum' ? 'at least' : 'at most'} ${String(params.limit)}, not ${describeValue(actual)}.`,
        place,
      }
    case 'minLength':
    case 'maxLength': {
      const bound = error.keyword === 'minLength' ? 'at least' : 'at most'
      const key = error.propertyName
      if (key !== undefined)
        return {
          code: 'schema/range',
          message: `The name "${key}" in ${name} must have ${bound} ${String(params.limit)} characters.`,
          place: locate([...path, key], 'key'),
        }
      return { code: 'schema/range', message: `${name} must have ${bound} ${String(params.limit)} characters.`, place }
    }
    case 'minItems':
    case 'minProperties':
      return { code: 'schema/range', message: `${name} must hold at least ${String(params.limit)}.`, place }
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

function typeHint(wanted: readonly string[], actual: unknown, pattern: string | undefined): { readonly hint?: string } {
  if (pattern !== undefined && typeof actual === 'number' && !new RegExp(pattern, 'u').test(String(actual))) return formHint(pattern)
  if (wanted.includes('string') && typeof actual === 'number' && !Number.isInteger(actual))
    return { hint: 'put it in quotes as it stands here: as a number it loses zeros at its end' }
  if (wanted.includes('string') && (typeof actual === 'number' || typeof actual === 'boolean'))
    return { hint: `write it in quotes, exactly as it is meant: "${String(actual)}"` }
  if (wanted.includes('array') && typeof actual === 'string') return { hint: `write a list: [${JSON.stringify(actual)}]` }
  if ((wanted.includes('integer') || wanted.includes('number')) && typeof actual === 'string' && /^-?\d+(\.\d+)?$/.test(actual))
    return { hint: `write it without quotes: ${actual}` }
  if (wanted.includes('object') && !wanted.includes('string')) return { hint: 'write fields: name: value' }
  return {}
}

/** What the frequent patterns mean in words. */
function formHint(pattern: string): { readonly hint?: string } {
  if (pattern.startsWith('^[a-z]([a-z0-9-]')) return { hint: 'lower-case letters, digits and dashes, starting with a letter' }
  if (pattern.includes('(s|m|h|d)')) return { hint: 'a whole number with its unit, such as 15s, 10m or 1h' }
  if (pattern.includes('Ki|Mi')) return { hint: 'a number with a unit of Kubernetes, such as 500m, 512Mi or 10Gi' }
  if (pattern.startsWith('^\\S+( \\S+){4}')) return { hint: 'five fields: minute, hour, day, month, weekday, such as "0 18 * * 0"' }
  if (pattern.startsWith('^[a-z0-9]([a-z0-9-]')) return { hint: 'lower-case letters, digits and dashes' }
  if (pattern.startsWith('^[A-Za-z_]')) return { hint: 'letters, digits and underscores, not starting with a digit' }
  if (pattern.startsWith('^/')) return { hint: 'a path that starts with /' }
  if (pattern.endsWith('[dh]$')) return { hint: 'days or hours, such as 7d or 12h' }
  if (pattern.startsWith('^https?:')) return { hint: 'an address that starts with http:// or https://' }
  return {}
}
