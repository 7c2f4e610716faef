import { YamlProblem } from './cursor.ts'
import type { MappingNode, Node, ScalarNode } from './parse.ts'
import { resolvePlain } from './resolve.ts'

/** The way from the root to a value. */
export type Way = readonly (string | number)[]

/** A key that a mapping has a second time. */
export interface DuplicateKey {
  readonly path: Way
  readonly offset: number
}

const TAG = 'tag:yaml.org,2002:'

/** How much of a document may come from aliases, from few values on and for many. */
const ALIASES = { few: 400_000, many: 4_000_000, shareOfFew: 0.99, shareOfMany: 0.1 } as const

/** Makes the value of a document, with the types and limits of Go and with keys as JSON has them. */
export class Decoder {
  readonly duplicates: DuplicateKey[] = []
  private readonly path: (string | number)[] = []
  private readonly open = new Set<Node>()
  private count = 0
  private aliased = 0
  private aliasDepth = 0

  decode(node: Node): unknown {
    this.account(node)
    switch (node.kind) {
      case 'scalar':
        return this.scalar(node)
      case 'alias':
        return this.alias(node, () => this.decode(node.target))
      case 'sequence':
        return node.items.map((item, index) => {
          this.path.push(index)
          const value = this.decode(item)
          this.path.pop()
          return value
        })
      case 'mapping': {
        const target: Record<string, unknown> = {}
        this.mapping(node, target)
        return target
      }
    }
  }

  private account(node: Node): void {
    this.count++
    if (this.aliasDepth > 0) this.aliased++
    if (this.aliased <= 100 || this.count <= 1000) return
    const { few, many, shareOfFew, shareOfMany } = ALIASES
    const part = Math.min(Math.max((this.count - few) / (many - few), 0), 1)
    if (this.aliased / this.count > shareOfFew - (shareOfFew - shareOfMany) * part) throw new YamlProblem('it has too many aliases', node.offset)
  }

  private alias<T>(node: Node, inside: () => T): T {
    if (this.open.has(node)) throw new YamlProblem('an alias contains itself', node.offset)
    this.open.add(node)
    this.aliasDepth++
    const result = inside()
    this.aliasDepth--
    this.open.delete(node)
    return result
  }

  private mapping(node: MappingNode, target: Record<string, unknown>): void {
    const seen = new Set<string>()
    for (const [keyNode, valueNode] of node.pairs) {
      if (isMerge(keyNode)) {
        this.merge(valueNode, target)
        continue
      }
      const key = this.key(keyNode)
      this.path.push(key)
      if (seen.has(key) && this.aliasDepth === 0) this.duplicates.push({ path: [...this.path], offset: keyNode.offset })
      seen.add(key)
      const value = this.decode(valueNode)
      if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
      else target[key] = value
      this.path.pop()
    }
  }

  private key(node: Node): string {
    this.account(node)
    const key = keyOf(node)
    if (key === undefined) throw new YamlProblem('a key is neither a text, a number nor a boolean', node.offset)
    return key
  }

  /** Puts the fields of other mappings in, over those that are there; of several, the first decides. */
  private merge(node: Node, target: Record<string, unknown>): void {
    if (node.kind === 'sequence') {
      for (const item of [...node.items].reverse()) {
        if (item.kind === 'sequence') throw new YamlProblem('only mappings can be merged', item.offset)
        this.merge(item, target)
      }
      return
    }
    this.account(node)
    const mapping = node.kind === 'alias' ? node.target : node
    if (mapping.kind !== 'mapping') throw new YamlProblem('only mappings can be merged', node.offset)
    if (node.kind === 'mapping') this.mapping(mapping, target)
    else
      this.alias(node, () => {
        this.account(mapping)
        this.mapping(mapping, target)
      })
  }

  private scalar(node: ScalarNode): unknown {
    const value = scalarValue(node)
    if (typeof value === 'number' && !Number.isFinite(value)) throw new YamlProblem(`JSON has no number ${node.text}`, node.offset)
    return value
  }
}

export function isMerge(node: Node): boolean {
  return node.kind === 'scalar' && node.text === '<<' && (node.implicit || node.tag === `${TAG}merge`)
}

/** The text of a key; nothing when Go refuses it. */
export function keyOf(node: Node): string | undefined {
  const scalar = node.kind === 'alias' ? node.target : node
  if (scalar.kind !== 'scalar') return undefined
  const value = scalarValue(scalar)
  if (value === null) return undefined
  if (typeof value !== 'number') return String(value)
  const { type, digits } = resolvePlain(scalar.text)
  return type === 'uint' ? undefined : type === 'int' ? digits : goFloat(value)
}

/** How Go writes a float as a key: the shortest that a 32-bit float keeps, with an exponent from 6 digits on. */
function goFloat(value: number): string {
  const single = Math.fround(value)
  if (Number.isNaN(single)) return '.nan'
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  if (Object.is(single, -0)) return '-0'
  let text = ''
  for (let digits = 0; digits <= 9; digits++) {
    text = single.toExponential(digits)
    if (Math.fround(Number(text)) === single) break
  }
  const [mantissa = '0', exponent = '0'] = text.split('e')
  const power = Number(exponent)
  if (power >= -4 && power < MAX_PLAIN) return String(Number(text))
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** From this exponent on Go writes it. */
const MAX_PLAIN = 6

function scalarValue({ text, tag, implicit, offset }: ScalarNode): unknown {
  if (tag === '' && !implicit) return text
  if (tag === '') return resolvePlain(text).value
  const wanted = tag.startsWith(TAG) ? tag.slice(TAG.length) : ''
  if (wanted === 'binary') return decodeBinary(text, offset)
  if (wanted === 'timestamp' && !isTimestamp(text)) throw new YamlProblem(`"${text}" is no timestamp`, offset)
  if (!['bool', 'int', 'float', 'null'].includes(wanted)) return text
  const { type, value } = resolvePlain(text)
  if (type !== wanted && !(wanted === 'float' && type === 'int') && !(wanted === 'int' && type === 'uint'))
    throw new YamlProblem(`"${text}" is no ${wanted}`, offset)
  return value
}

/** Whether Go takes a text for a point in time. */
function isTimestamp(text: string): boolean {
  const clock = '\\d{1,2}:\\d{1,2}:\\d{1,2}([.,]\\d+)?'
  const [, year = '', month = '', day = ''] =
    new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})([Tt]${clock}(Z|[-+]\\d\\d:\\d\\d)| ${clock})?$`).exec(text) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return day !== '' && Number(day) > 0 && date.getUTCMonth() === Number(month) - 1
}

function decodeBinary(text: string, offset: number): string {
  const data = text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data)) throw new YamlProblem('!!binary is no base64', offset)
  return Buffer.from(data, 'base64').toString('utf8')
}
