/** A part of a template action that stands for a value. Offsets count from the start of the action's code. */
export type Operand =
  | { readonly kind: 'text'; readonly value: string; readonly offset: number }
  | { readonly kind: 'number'; readonly text: string; readonly offset: number }
  | { readonly kind: 'constant'; readonly name: string; readonly offset: number }
  | { readonly kind: 'function'; readonly name: string; readonly offset: number }
  /** A chain of fields of the dot (root ''), of `$`, or of a variable. */
  | { readonly kind: 'field'; readonly root: string; readonly names: readonly string[]; readonly offset: number }
  /** What parentheses hold, and the fields of its result that stand right behind. */
  | { readonly kind: 'group'; readonly pipeline: Pipeline; readonly names: readonly string[]; readonly offset: number }

/** A value, or a function and what it is given. */
export type Command = readonly Operand[]

/** Commands joined by `|`, and the variables that the result is given to. */
export interface Pipeline {
  readonly variables: readonly string[]
  readonly commands: readonly Command[]
}

/** What an action is: a pipeline that prints, or a keyword with what follows it. */
export interface ParsedAction {
  /** `else if` and `else with` are one keyword each. */
  readonly keyword: string | undefined
  /** The template that is defined or called. */
  readonly name: string | undefined
  readonly pipeline: Pipeline | undefined
}

interface Token {
  readonly kind: 'space' | 'text' | 'number' | 'field' | 'word' | 'sign'
  readonly source: string
  readonly offset: number
}

/** Parentheses that may stand in each other: more than people write, less than the stack holds. */
const MAX_DEPTH = 100

const TOKEN =
  /(\s+)|([+-]?\d[\w.]*(?:(?<=[eEpP])[+-]\d+)?|[+-]?\.\d\w*)|(\$[\p{L}\w]*(?:\.[\p{L}_][\p{L}\w]*)*|(?:\.[\p{L}_][\p{L}\w]*)+|\.)|([\p{L}_][\p{L}\w]*)|(:=|[=|(),])/uy

/** Reads the code of one action (Go: text/template/parse); nothing when it is a comment, or no code that Go would take. */
export function parseAction(code: string): ParsedAction | undefined {
  const tokens = tokensOf(code)
  if (tokens === undefined) return undefined
  const reader = { tokens, position: 0 }
  skipSpace(reader)
  const keyword = keywordAt(reader)
  let name: string | undefined
  if (keyword === 'define' || keyword === 'template' || keyword === 'block') {
    skipSpace(reader)
    const token = reader.tokens[reader.position]
    if (token?.kind !== 'text') return undefined
    name = unquote(token.source)
    reader.position++
  }
  skipSpace(reader)
  if (reader.position === tokens.length) return keyword === undefined ? undefined : { keyword, name, pipeline: undefined }
  const pipeline = parsePipeline(reader, 0)
  return pipeline === undefined || reader.position < tokens.length ? undefined : { keyword, name, pipeline }
}

/** Every command of a pipeline, those in parentheses included; outer ones first. */
export function commandsIn(pipeline: Pipeline): readonly Command[] {
  const found: Command[] = []
  const add = ({ commands }: Pipeline): void => {
    for (const command of commands) {
      found.push(command)
      for (const operand of command) if (operand.kind === 'group') add(operand.pipeline)
    }
  }
  add(pipeline)
  return found
}

interface Reader {
  readonly tokens: readonly Token[]
  position: number
}

const KEYWORDS = new Set(['if', 'range', 'with', 'end', 'define', 'block', 'template', 'break', 'continue'])

function keywordAt(reader: Reader): string | undefined {
  const word = wordAt(reader)
  if (word === 'else') {
    reader.position++
    skipSpace(reader)
    const next = wordAt(reader)
    if (next !== 'if' && next !== 'with') return 'else'
    reader.position++
    return `else ${next}`
  }
  if (word === undefined || !KEYWORDS.has(word)) return undefined
  reader.position++
  return word
}

function wordAt({ tokens, position }: Reader): string | undefined {
  const token = tokens[position]
  return token?.kind === 'word' ? token.source : undefined
}

function skipSpace(reader: Reader): boolean {
  if (reader.tokens[reader.position]?.kind !== 'space') return false
  reader.position++
  return true
}

function parsePipeline(reader: Reader, depth: number): Pipeline | undefined {
  const variables = parseVariables(reader)
  const commands: Command[] = []
  for (;;) {
    const command = parseCommand(reader, depth)
    if (command === undefined) return undefined
    commands.push(command)
    if (reader.tokens[reader.position]?.source !== '|') return { variables, commands }
    reader.position++
  }
}

/** `$a :=`, `$a =` or `$a, $b :=` at the start of a pipeline. */
function parseVariables(reader: Reader): readonly string[] {
  const start = reader.position
  const variables: string[] = []
  for (;;) {
    skipSpace(reader)
    const token = reader.tokens[reader.position]
    if (token?.kind !== 'field' || !token.source.startsWith('$')) break
    variables.push(token.source)
    reader.position++
    skipSpace(reader)
    const sign = reader.tokens[reader.position++]?.source
    if (sign === ':=' || sign === '=') return variables
    if (sign !== ',') break
  }
  reader.position = start
  return []
}

function parseCommand(reader: Reader, depth: number): Command | undefined {
  const operands: Operand[] = []
  for (;;) {
    skipSpace(reader)
    const token = reader.tokens[reader.position]
    if (token === undefined || token.source === '|' || token.source === ')') return operands.length === 0 ? undefined : operands
    const operand = parseOperand(reader, token, depth)
    if (operand === undefined) return undefined
    operands.push(operand)
  }
}

function parseOperand(reader: Reader, token: Token, depth: number): Operand | undefined {
  reader.position++
  const { kind, source, offset } = token
  switch (kind) {
    case 'text':
      return { kind: 'text', value: unquote(source), offset }
    case 'number':
      return { kind: 'number', text: source, offset }
    case 'word':
      return /^(?:true|false|nil)$/.test(source) ? { kind: 'constant', name: source, offset } : { kind: 'function', name: source, offset }
    case 'field': {
      const [root = '', ...names] = source.split('.')
      return { kind: 'field', root, names: names.filter((name) => name !== ''), offset }
    }
    case 'sign':
      return source === '(' ? parseGroup(reader, offset, depth + 1) : undefined
    default:
      return undefined
  }
}

function parseGroup(reader: Reader, offset: number, depth: number): Operand | undefined {
  const pipeline = depth > MAX_DEPTH ? undefined : parsePipeline(reader, depth)
  if (pipeline === undefined || reader.tokens[reader.position]?.source !== ')') return undefined
  reader.position++
  const next = reader.tokens[reader.position]
  if (next?.kind !== 'field' || !/^\../.test(next.source)) return { kind: 'group', pipeline, names: [], offset }
  reader.position++
  return { kind: 'group', pipeline, names: next.source.slice(1).split('.'), offset }
}

function tokensOf(code: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  for (let offset = 0; offset < code.length; ) {
    const end = endOfText(code, offset)
    if (end === undefined) return undefined
    if (end > offset) tokens.push({ kind: 'text', source: code.slice(offset, end), offset })
    else {
      TOKEN.lastIndex = offset
      const match = TOKEN.exec(code)
      if (match === null) return undefined
      const [source, space, number, field, word] = match
      const kind = space ? 'space' : number ? 'number' : field ? 'field' : word ? 'word' : 'sign'
      tokens.push({ kind, source, offset })
    }
    offset = end > offset ? end : TOKEN.lastIndex
  }
  return tokens
}

/** Where the string or character that starts at an offset is over: the offset itself when none starts, nothing when it does not end. */
function endOfText(code: string, offset: number): number | undefined {
  const quote = code[offset]
  if (quote !== '"' && quote !== '`' && quote !== "'") return offset
  for (let i = offset + 1; i < code.length; i++) {
    if (code[i] === quote) return i + 1
    if (code[i] === '\\' && quote !== '`') i++
  }
  return undefined
}

/** The text that a Go literal stands for. Escapes that JSON lacks, such as `\x41`, stay as they are written. */
function unquote(source: string): string {
  if (source.startsWith('`')) return source.slice(1, -1)
  if (source.startsWith("'")) return source
  try {
    const value: unknown = JSON.parse(source)
    return typeof value === 'string' ? value : source
  } catch {
    return source.slice(1, -1)
  }
}
