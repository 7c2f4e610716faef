const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])

/** Which kind of scalar a value is. */
export type ScalarType = 'str' | 'int' | 'uint' | 'float' | 'bool' | 'null'

export interface Scalar {
  readonly type: ScalarType
  readonly value: unknown
  /** All digits of an integer. */
  readonly digits?: string
}

/** What Go makes of a text without quotes: YAML 1.1, but dates and base 60 are texts, and integers begin with 0x, 0o, 0b or 0. */
export function resolvePlain(text: string): Scalar {
  const first = text.charCodeAt(0)
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
  if (!isNumeric && text.length > 5) return { type: 'str', value: text }
  const word = WORDS.get(text)
  if (word !== undefined) return { type: word === null ? 'null' : typeof word === 'boolean' ? 'bool' : 'float', value: word }
  if (!isNumeric) return { type: 'str', value: text }
  if (first === 46) return decimal(/^\.\d+(_\d+)*([eE][-+]?\d+(_\d+)*)?$/.test(text) ? text.replaceAll('_', '') : text, text)
  return integer(text.replaceAll('_', '')) ?? decimal(text.replaceAll('_', ''), text)
}

const MAX_INT = 2n ** 63n
const MAX_UINT = 2n ** 64n

function integer(text: string): Scalar | undefined {
  const [, sign = '', prefix = '', digits = ''] = /^([-+]?)(0[xX]|0[oO]|0[bB]|0(?=.)|)([0-9a-fA-F]+)$/.exec(text) ?? []
  const base = prefix === '' ? 10 : /x/i.test(prefix) ? 16 : /b/i.test(prefix) ? 2 : 8
  if (!DIGITS[base].test(digits)) return undefined
  const size = BigInt((base === 10 ? '' : base === 16 ? '0x' : base === 2 ? '0b' : '0o') + digits)
  const limit = sign === '' ? MAX_UINT - 1n : sign === '-' ? MAX_INT : MAX_INT - 1n
  if (size > limit) return undefined
  const value = sign === '-' ? -size : size
  return { type: value < MAX_INT ? 'int' : 'uint', value: Number(value), digits: value.toString() }
}

const DIGITS = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ } as const

function decimal(text: string, written: string): Scalar {
  const value = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? { type: 'float', value } : { type: 'str', value: written }
}
