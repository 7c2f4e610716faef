import { formatPath, type Path } from '../diagnostics/index.ts'

/** Kinds of trouble with an object. */
export type ProblemKind =
  /** The release has no such kind: others have, or the name is misspelt. */
  | 'unknown-kind'
  /** The model does not hold the kind: nothing can be said about the object. */
  | 'not-in-model'
  /** The kind is stored under another apiVersion in the release. */
  | 'api-version'
  /** No release has the field. */
  | 'unknown-field'
  /** Other releases have the field. */
  | 'other-release'
  /** A required field is not there. `path` leads to what it is missing in, `field` is its name. */
  | 'missing'
  /** Null, where the API server would drop it or refuse it. */
  | 'null'
  | 'type'
  | 'enum'
  | 'pattern'
  | 'format'
  /** A number out of its bounds. */
  | 'range'
  /** A text of the wrong length. */
  | 'length'
  /** A list or map with too few or too many entries. */
  | 'size'
  /** Two items of a list with the same keys, or two equal items of a set. */
  | 'duplicate'
  /** None or several of the alternatives hold (allOf, anyOf, oneOf, not). */
  | 'combination'
  /** A CEL rule does not hold, or cannot be evaluated. */
  | 'rule'

/** What is wrong at one place of an object. */
export interface ApiProblem {
  readonly kind: ProblemKind
  /** Keys and indices that lead to the place, from the root of the object. */
  readonly path: Path
  /** Whether the key is meant or the value behind it. */
  readonly at: 'key' | 'value'
  /** One sentence. */
  readonly message: string
  readonly hint?: string
  /** The field that is missing. */
  readonly field?: string
  /** Releases that have what this one has not, as words: `from 1.0 on`. */
  readonly releases?: string
  /** The rule, or the bound. */
  readonly expected?: unknown
}

/** Something that was not checked, and why. */
export interface Skipped {
  readonly path: Path
  /** The CEL rule, or the pattern. */
  readonly rule: string
  /** `transition`: it compares with an earlier object, and there is none. `no-engine`: no rule engine was given. `unreadable`: this tool cannot evaluate it. */
  readonly why: 'transition' | 'no-engine' | 'unreadable'
}

/** What came of checking one object. */
export interface Examination {
  /** In the order of the object. */
  readonly problems: readonly ApiProblem[]
  readonly skipped: readonly Skipped[]
}

/** A path as it stands in a sentence. */
export function shown(path: Path): string {
  return path.length === 0 ? 'the object' : formatPath(path)
}

/** A value as it stands in a sentence: short, on one line. */
export function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}

/** What a value is, in words. */
export function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'object':
      return 'a map'
    case 'string':
      return 'a text'
    case 'boolean':
      return 'true or false'
    case 'number':
      return Number.isInteger(value) ? 'a whole number' : 'a number'
    default:
      return typeof value
  }
}
