/**
 * A Go template pipeline, the only carrier of template code in a chart. It can be built only by the functions of this file,
 * so nothing an author wrote becomes code: author text enters as a quoted Go string.
 */
export class Code {
  readonly go: string
  /** The values it reads, each as its path in values.yaml. */
  readonly reads: readonly ValuePath[]
  private constructor(go: string, reads: readonly ValuePath[]) {
    this.go = go
    this.reads = reads
  }
  /** For this file alone. */
  static of(go: string, ...parts: readonly Code[]): Code {
    return new Code(
      go,
      parts.flatMap(({ reads }) => reads),
    )
  }
  /** For this file alone. */
  static reading(go: string, path: ValuePath): Code {
    return new Code(go, [path])
  }
}

/** Keys from the top of values.yaml to a value. */
export type ValuePath = readonly [string, ...string[]]

/** A value of values.yaml: `.Values.image.registry`, or `index .Values.images.qdrant.tags "1.18.3"` from the first key on that is no identifier. */
export function values(...path: ValuePath): Code {
  const odd = path.findIndex((key) => !/^[A-Za-z_]\w*$/.test(key))
  if (odd < 0) return Code.reading(`.Values.${path.join('.')}`, path)
  const map = ['.Values', ...path.slice(0, odd)].join('.')
  return Code.reading(`index ${map} ${path.slice(odd).map(goString).join(' ')}`, path)
}

/** A text as it is. */
export function literal(text: string): Code {
  return Code.of(goString(text))
}

/** A field of the release: its name or namespace. */
export function release(field: 'Name' | 'Namespace'): Code {
  return Code.of(`.Release.${field}`)
}

/** The result of a named template, given the root context. */
export function include(name: string): Code {
  return Code.of(`include ${goString(name)} .`)
}

/** The result of a named template, given a list: the root context, and then what it is told. */
export function includeWith(name: string, ...told: readonly (string | Code)[]): Code {
  const operands = told.map((one) => (typeof one === 'string' ? goString(one) : operand(one)))
  return Code.of(`include ${goString(name)} (list . ${operands.join(' ')})`, ...told.filter((one) => typeof one !== 'string'))
}

/** Whether a value is one of several texts. */
export function isOneOf(code: Code, texts: readonly string[]): Code {
  const [only] = texts
  const literals = texts.map(goString).join(' ')
  return Code.of(texts.length === 1 && only !== undefined ? `eq ${operand(code)} ${literals}` : `has ${operand(code)} (list ${literals})`, code)
}

/** Whether all conditions hold. */
export function allOf(first: Code, ...others: readonly Code[]): Code {
  if (others.length === 0) return first
  return Code.of(`and ${[first, ...others].map(operand).join(' ')}`, first, ...others)
}

/** Whether one of several conditions holds. */
export function anyOf(first: Code, ...others: readonly Code[]): Code {
  if (others.length === 0) return first
  return Code.of(`or ${[first, ...others].map(operand).join(' ')}`, first, ...others)
}

/** Whether a condition does not hold. */
export function not(code: Code): Code {
  return Code.of(`not ${operand(code)}`, code)
}

/** The content of a file of the chart, as it is. */
export function fileContent(path: string): Code {
  return Code.of(`.Files.Get ${goString(path)}`)
}

/** `code` as JSON, which YAML reads as one double-quoted scalar. */
export function toJson(code: Code): Code {
  return Code.of(`${code.go} | toJson`, code)
}

/**
 * `code` as a quoted text. Numbers are floats to Helm, and only JSON spells large ones without an exponent. Helm erases `<no value>`,
 * so its sign is escaped.
 */
export function toText(code: Code, isNumber: boolean): Code {
  return Code.of(isNumber ? `${code.go} | toJson | quote` : `${code.go} | toString | quote | replace "<" "\\\\u003c"`, code)
}

/** `code` as a text in which `$(NAME)` is written as `$$(NAME)`, for a reader that puts variables in. In a Go replacement `$$` is a dollar sign. */
export function withoutReferences(code: Code): Code {
  return Code.of(`regexReplaceAll ${goString('\\$\\([^)]+\\)')} (${code.go} | toString) ${goString('$$${0}')}`, code)
}

/** The first of two values that is not empty. */
export function firstOf(first: Code, second: Code): Code {
  return Code.of(`${operand(first)} | default ${operand(second)}`, first, second)
}

/** `printf` of a Go format with `%v` verbs. */
function printf(format: string, ...operands: readonly Code[]): Code {
  return Code.of(['printf', goString(format), ...operands.map(operand)].join(' '), ...operands)
}

/** Text and code joined: `printf` with the `%` of literal parts doubled. */
export function join(parts: readonly (string | Code)[]): Code {
  const format = parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%v')).join('')
  return printf(format, ...parts.filter((part) => typeof part !== 'string'))
}

/** The code as an operand: in parentheses unless it is a field chain or a literal. */
function operand({ go }: Code): string {
  return /^(\.[\w.]+|"[^"\\]*")$/.test(go) ? go : `(${go})`
}

/** A Go interpreted string literal. JSON and Go agree on all escapes JSON.stringify makes. */
export function goString(text: string): string {
  return JSON.stringify(text)
}
