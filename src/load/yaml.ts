import { type Alias, type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml'
import { type Code, type Finding, formatPath, type Locate, type Path, type Place } from '../diagnostics/index.ts'
import { placesIn } from './line-places.ts'

/** What a YAML text says, with the place of everything in it. `value` is undefined when there were findings that leave nothing to go on with. */
export interface ParsedYaml {
  readonly value: unknown
  readonly locate: Locate
  readonly findings: readonly Finding[]
}

/** Levels a descriptor may nest. */
export const MAX_DEPTH = 64
/** Values a descriptor may hold, aliases counted as often as they stand for something. */
export const MAX_NODES = 100_000

/** Reads one YAML 1.2 document. Maps become null-prototype objects in the order written; nothing is coerced or lost without a finding. */
export function parseYaml(file: string, source: string): ParsedYaml {
  // A byte order mark is no part of the text; editors do not count it as a column.
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  const findings: Finding[] = []
  const at = placesIn(file, text)
  const document = compose(text)
  if (document === undefined) {
    const place = at(0)
    const finding: Finding = { code: 'load/too-large', message: `The document nests deeper than ${MAX_DEPTH} levels.`, place }
    return { value: undefined, locate: () => place, findings: [finding] }
  }
  const problem = syntaxProblem(document, text)
  const targets = resolveAliases(document)
  let nodes = 0
  let exploded = problem?.code === 'load/yaml'

  const convert = (node: Node | null | undefined, path: Path, depth: number): unknown => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      if (!exploded)
        findings.push({
          code: 'load/too-large',
          message: 'The document is nested too deeply, or grows too large by aliases.',
          place: at(node?.range?.[0] ?? 0),
        })
      exploded = true
      return null
    }
    if (isAlias(node)) {
      const target = targets.get(node)
      if (target === undefined)
        findings.push({
          code: 'load/yaml',
          message: `There is no anchor &${node.source} before the alias *${node.source}.`,
          place: at(node.range?.[0] ?? 0),
          hint: `write &${node.source} at the value that is meant, or put a text that starts with * in quotes`,
        })
      return convert(target, path, depth + 1)
    }
    if (isScalar(node)) return convertScalar(node.value, at(node.range?.[0] ?? 0), findings)
    if (isSeq(node)) return node.items.map((item, index) => convert(asNode(item), [...path, index], depth + 1))
    if (!isMap(node)) return null
    const map: Record<string, unknown> = Object.create(null)
    const first = new Map<string, Place>()
    for (const pair of node.items) {
      const key = keyOf(pair, at, findings)
      if (key === undefined) continue
      const place = at(asNode(pair.key)?.range?.[0] ?? 0)
      const earlier = first.get(key)
      if (earlier !== undefined) {
        findings.push({
          code: 'load/duplicate-key',
          message: `The key "${key}" is given twice${path.length > 0 ? ` in ${formatPath(path)}` : ''}.`,
          place,
          hint: `keep one of the two; the first is on line ${earlier.line}`,
          related: [{ place: earlier, message: 'first given here' }],
        })
        continue
      }
      first.set(key, place)
      map[key] = convert(asNode(pair.value), [...path, key], depth + 1)
    }
    return map
  }

  const value = convert(document.contents, [], 0)
  if (problem !== undefined && !(exploded && problem.code === 'load/too-large'))
    findings.push({ code: problem.code, message: problem.message, place: at(problem.offset) })
  const locate: Locate = (path, which = 'value') => ({ ...at(offsetOf(document.contents, path, which)), path })
  return { value: findings.some(({ code }) => code === 'load/yaml' || code === 'load/too-large') ? undefined : value, locate, findings }
}

/** The document tree, or nothing when it nests so deeply that the parser runs out of stack. */
function compose(text: string): Document.Parsed | undefined {
  try {
    return parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false, strict: true, logLevel: 'error' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function convertScalar(value: unknown, place: Place, findings: Finding[]): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    findings.push({ code: 'load/not-data', message: `${value} is not a number that a chart can hold.`, place })
    return 0
  }
  if (typeof value === 'number' && /e/.test(String(value))) {
    findings.push({
      code: 'load/not-data',
      message: `The number ${value} is too large or too small to be written without an exponent.`,
      place,
      hint: 'quote it if it is a text',
    })
    return 0
  }
  if (typeof value === 'bigint') {
    findings.push({ code: 'load/not-data', message: `The number ${value} is too large.`, place, hint: 'quote it if it is a text' })
    return 0
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    findings.push({ code: 'load/not-data', message: 'The text holds half of a surrogate pair, which UTF-8 cannot carry.', place })
    return ''
  }
  return value
}

/** The key of a pair as text; anything that is no plain text is reported. */
function keyOf(pair: Pair, at: (offset: number) => Place, findings: Finding[]): string | undefined {
  const node = asNode(pair.key)
  const place = at(node?.range?.[0] ?? 0)
  if (!isScalar(node) || typeof node.value !== 'string') {
    const shown = isScalar(node) ? String(node.value) : ''
    const integerLike = isScalar(node) && typeof node.value === 'number'
    findings.push(
      integerLike
        ? {
            code: 'load/integer-like-key',
            message: `The key ${shown} is a number; the order of such keys is lost.`,
            place,
            hint: 'use a name as key, or a list',
          }
        : {
            code: 'load/key-type',
            message: isScalar(node) ? `The key ${shown} is not a text.` : 'A list or map cannot be a key.',
            place,
            hint: isScalar(node) ? `write "${shown}"` : 'use a text as key',
          },
    )
    return undefined
  }
  if (node.value === '<<' && node.type === 'PLAIN') {
    findings.push({
      code: 'load/key-type',
      message: 'Merge keys (<<) are not part of YAML 1.2.',
      place,
      hint: 'repeat the fields, or use an alias for the whole value',
    })
    return undefined
  }
  if (isIntegerLike(node.value)) {
    findings.push({
      code: 'load/integer-like-key',
      message: `The key "${node.value}" looks like a number; the order of such keys is lost.`,
      place,
      hint: 'use a name as key, or a list',
    })
    return undefined
  }
  return node.value
}

/** Whether a JavaScript object would move the key to its front. */
export function isIntegerLike(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key)
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined
}

/** Where the value of a path starts, or the closest parent that exists. */
function offsetOf(root: unknown, path: Path, which: 'key' | 'value'): number {
  let node = asNode(root)
  let offset = node?.range?.[0] ?? 0
  path.forEach((step, index) => {
    const last = index === path.length - 1
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step)
      const value = asNode(pair?.value)
      const keyOffset = asNode(pair?.key)?.range?.[0]
      if (pair === undefined) node = undefined
      else {
        offset =
          (last && which === 'key' ? keyOffset : isScalar(value) && value.range?.[0] === value.range?.[2] ? keyOffset : value?.range?.[0]) ??
          keyOffset ??
          offset
        node = value
      }
    } else if (isSeq(node) && typeof step === 'number') {
      node = asNode(node.items[step])
      offset = node?.range?.[0] ?? offset
    } else node = undefined
  })
  return offset
}

/** The first thing that makes a text no YAML. What the parser says behind it mostly follows from it. */
function syntaxProblem(
  document: Document.Parsed,
  text: string,
): { readonly code: Code; readonly message: string; readonly offset: number } | undefined {
  const control = text.search(CONTROL)
  if (control >= 0) {
    const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, '0')
    return {
      code: 'load/yaml',
      message: `The control character U+${code} cannot stand in YAML, except as an escape in double quotes.`,
      offset: control,
    }
  }
  const deep = document.errors.find(({ message }) => message.startsWith('Maximum call stack'))
  if (deep !== undefined) return { code: 'load/too-large', message: `The document nests deeper than ${MAX_DEPTH} levels.`, offset: deep.pos[0] }
  const [first] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0])
  return first && { code: 'load/yaml', message: sentence(first.message), offset: first.pos[0] }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** What each alias stands for: the last node before it with that anchor. In one pass, since each `Alias.resolve` walks the whole document. */
function resolveAliases(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
    Alias: (_, node) => {
      const target = anchors.get(node.source)
      if (target !== undefined) targets.set(node, target)
    },
  })
  return targets
}

function sentence(message: string): string {
  const multiple = message.startsWith('Source contains multiple documents')
  const text = multiple
    ? 'A second document starts here; a file holds one'
    : (message.split('\n')[0] ?? message).replace('"quote', 'double quote').replace("'quote", 'single quote')
  return /[.!?]$/.test(text) ? text : `${text}.`
}
