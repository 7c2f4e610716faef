import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { type Finding, formatPath, type Locate, type Path, type Place } from '../diagnostics/index.ts'

/** What a YAML text says, with the place of everything in it. `value` is undefined when there were findings that leave nothing to go on with. */
export interface ParsedYaml {
  readonly value: unknown
  readonly locate: Locate
  readonly findings: readonly Finding[]
}

const MAX_DEPTH = 64
const MAX_NODES = 100_000

/** Reads one YAML 1.2 document. Maps become null-prototype objects in the order written; nothing is coerced or lost without a finding. */
export function parseYaml(file: string, text: string): ParsedYaml {
  const findings: Finding[] = []
  const counter = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = counter.linePos(Math.min(offset, text.length))
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const document = compose(text, counter)
  if (document === undefined) {
    const place = at(0)
    const finding: Finding = { code: 'load/too-large', message: `The document nests deeper than ${MAX_DEPTH} levels.`, place }
    return { value: undefined, locate: () => place, findings: [finding] }
  }
  for (const error of document.errors) {
    findings.push({ code: 'load/yaml', message: sentence(error.message), place: at(error.pos[0]) })
  }
  let nodes = 0
  let exploded = false

  const convert = (node: Node | null | undefined, path: Path, depth: number): unknown => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      if (!exploded) findings.push({ code: 'load/too-large', message: 'The document is nested too deeply, or grows too large by aliases.', place: at(node?.range?.[0] ?? 0) })
      exploded = true
      return null
    }
    if (isAlias(node)) return convert(node.resolve(document), path, depth + 1)
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
  const locate: Locate = (path, which = 'value') => ({ ...at(offsetOf(document.contents, path, which)), path })
  return { value: findings.some(({ code }) => code === 'load/yaml' || code === 'load/too-large') ? undefined : value, locate, findings }
}

/** The document tree, or nothing when it nests so deeply that the parser runs out of stack. */
function compose(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { version: '1.2', uniqueKeys: false, lineCounter, prettyErrors: false, strict: true, logLevel: 'silent' })
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
    findings.push({ code: 'load/not-data', message: `The number ${value} is too large or too small to be written without an exponent.`, place, hint: 'quote it if it is a text' })
    return 0
  }
  if (typeof value === 'bigint') {
    findings.push({ code: 'load/not-data', message: `The number ${value} is too large.`, place, hint: 'quote it if it is a text' })
    return 0
  }
  return value
}

/** The key of a pair as text; anything that is no plain text is reported. */
function keyOf(pair: Pair, at: (offset: number) => Place, findings: Finding[]): string | undefined {
  const node = asNode(pair.key)
  const place = at(node?.range?.[0] ?? 0)
  if (!isScalar(node) || typeof node.value !== 'string') {
    const shown = isScalar(node) ? String(node.value) : 'a list or map'
    const integerLike = isScalar(node) && typeof node.value === 'number'
    findings.push(
      integerLike
        ? { code: 'load/integer-like-key', message: `The key ${shown} is a number; the order of such keys is lost.`, place, hint: 'use a name as key, or a list' }
        : { code: 'load/key-type', message: `The key ${shown} is not a text.`, place, hint: isScalar(node) ? `write "${shown}"` : 'use a text as key' },
    )
    return undefined
  }
  if (node.value === '<<' && node.type === 'PLAIN') {
    findings.push({ code: 'load/key-type', message: 'Merge keys (<<) are not part of YAML 1.2.', place, hint: 'repeat the fields, or use an alias for the whole value' })
    return undefined
  }
  if (isIntegerLike(node.value)) {
    findings.push({ code: 'load/integer-like-key', message: `The key "${node.value}" looks like a number; the order of such keys is lost.`, place, hint: 'use a name as key, or a list' })
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
        offset = (last && which === 'key' ? keyOffset : isScalar(value) && value.range?.[0] === value.range?.[2] ? keyOffset : value?.range?.[0]) ?? keyOffset ?? offset
        node = value
      }
    } else if (isSeq(node) && typeof step === 'number') {
      node = asNode(node.items[step])
      offset = node?.range?.[0] ?? offset
    } else node = undefined
  })
  return offset
}

function sentence(message: string): string {
  const text = message.split('\n')[0] ?? message
  return /[.!?]$/.test(text) ? text : `${text}.`
}
