import type { Path } from '../diagnostics/index.ts'
import { mapHint } from './kubernetes.ts'

type Hint = { readonly hint?: string }

/** Where a value stands, and what the schema says of it. */
export interface Violated {
  readonly path: Path
  readonly root: unknown
  readonly actual: unknown
  readonly pattern: string | undefined
  /** Whether the field may be left out. */
  readonly isOptional: boolean
}

/** The pattern of names of ports. */
const PORT_NAME = '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'

/** What to write instead of a value of another type. */
export function typeHint(wanted: readonly string[], { path, root, actual, pattern }: Violated): Hint {
  if (wanted.includes('boolean') && typeof actual === 'string' && /^(?:yes|no|on|off|true|false)$/i.test(actual))
    return { hint: `write it without quotes, as YAML does today: ${String(/^(?:yes|on|true)$/i.test(actual))}` }
  if (pattern === PORT_NAME && typeof actual === 'number') return { hint: portHint(root, path, actual) }
  if (pattern !== undefined && typeof actual === 'number' && !new RegExp(pattern, 'u').test(String(actual))) return formHint(pattern, actual)
  if (wanted.includes('string') && typeof actual === 'number' && isOwnVersion(path))
    return { hint: `write major.minor.patch in quotes, such as ${semantic(actual)}` }
  if (wanted.includes('string') && typeof actual === 'number' && (!Number.isInteger(actual) || path.at(-1) === 'kubeblocks'))
    return { hint: 'put it in quotes as it stands here: as a number it loses zeros at its end' }
  if (wanted.includes('string') && (typeof actual === 'number' || typeof actual === 'boolean'))
    return { hint: `write it in quotes, exactly as it is meant: "${String(actual)}"` }
  if (wanted.includes('array') && typeof actual === 'string') return { hint: `write a list: [${JSON.stringify(actual)}]` }
  if ((wanted.includes('integer') || wanted.includes('number')) && typeof actual === 'string' && /^-?\d+(\.\d+)?$/.test(actual))
    return { hint: `write it without quotes: ${actual}` }
  if (wanted.includes('object') && Array.isArray(actual)) return { hint: mapHint(path.at(-1)) }
  if (wanted.includes('object') && !wanted.includes('string')) return { hint: 'write fields: name: value' }
  return {}
}

/** Whether a path is the version of the addon or of the engine, which are semantic. */
function isOwnVersion(path: Path): boolean {
  return path.at(-1) === 'version' && (path.length === 1 || (path[0] === 'versions' && path.length === 3))
}

function semantic(version: number): string {
  if (Number.isInteger(version)) return `"${version}.0.0"`
  return `"${version}.0" for ${version} and "${version}0.0" for ${version}0: as numbers they are the same`
}

/** The name of the port with a number, as a container of the same component declares it. */
function portHint(root: unknown, path: Path, number: number): string {
  const containers = Object.values(fieldOf(path.slice(0, 2).reduce(fieldOf, root), 'containers') ?? {})
  const name = containers.flatMap((container) => Object.entries(fieldOf(container, 'ports') ?? {})).find(([, value]) => value === number)?.[0]
  return name === undefined ? 'write the name of a port of a container' : `write the name of the port: ${name}`
}

function fieldOf(value: unknown, name: string | number): object | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  const field: unknown = (value as Readonly<Record<string | number, unknown>>)[name]
  return typeof field === 'object' && field !== null ? field : undefined
}

/** What to do about a number, a length or a count outside of its bounds. `keyword` is the one of JSON Schema that is broken. */
export function boundHint(
  keyword: string,
  limit: number,
  length: number,
  { isOptional, isName }: { readonly isOptional: boolean; readonly isName: boolean },
): string {
  switch (keyword) {
    case 'maxLength':
      return `shorten it by ${length - limit}${isName ? ': Kubernetes and KubeBlocks make longer names and labels of it, which have bounds' : ''}`
    case 'minLength':
      return isOptional ? 'leave the field out, or give it a text: an empty one says nothing' : 'give it a text: an empty one says nothing'
    case 'minItems':
    case 'minProperties':
      return isOptional ? 'leave the field out, or add an entry: an empty one says nothing' : 'add an entry'
    default:
      return `write ${limit} or ${keyword === 'minimum' ? 'more' : 'less'}${isOptional ? ', or leave the field out' : ''}`
  }
}

/** What the frequent patterns mean in words. */
export function formHint(pattern: string, actual: unknown): Hint {
  if (pattern.startsWith('^SIG')) {
    const name = `SIG${String(actual).toUpperCase()}`
    return { hint: `write ${new RegExp(pattern, 'u').test(name) && Number.isNaN(Number(actual)) ? name : 'the name of the signal, such as SIGHUP'}` }
  }
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
