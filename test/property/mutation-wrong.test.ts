import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMap, isPair, isScalar, parseDocument, visit } from 'yaml'
import type { Code } from '../../src/diagnostics/index.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { ROOT } from '../support/workspace.ts'
import { FILES, RICH } from './mutation-fixture.ts'

const settings = { seed: Number(process.env.FUZZ_SEED ?? 42), numRuns: Number(process.env.FUZZ_RUNS ?? 150) }

/** A map of the fixture: where its first key stands, whether it is in braces, its path and keys. */
interface MapSpot {
  readonly offset: number
  readonly flow: boolean
  readonly path: string
  readonly keys: readonly string[]
}

/** A text of the fixture as it stands in the source. */
interface Spot {
  readonly path: string
  readonly start: number
  readonly end: number
  readonly value: unknown
}

const maps: MapSpot[] = []
const scalars: Spot[] = []
const keys: (Spot & { readonly key: string; readonly pairEnd: number; readonly inFlow: boolean })[] = []
const document = parseDocument(RICH)
visit(document, {
  Map(_, node, ancestors) {
    const first = node.items[0]
    if (first === undefined || !isScalar(first.key)) return
    maps.push({
      offset: first.key.range?.[0] ?? 0,
      flow: node.flow === true,
      path: pathOf(ancestors),
      keys: node.items.map(({ key }) => String(key)),
    })
    for (const pair of node.items) {
      if (!isScalar(pair.key)) continue
      const range =
        pair.value !== null && typeof pair.value === 'object' && 'range' in pair.value
          ? (pair.value.range as readonly number[] | undefined)
          : undefined
      const path = pathOf([...ancestors, node, pair])
      const [start = 0, end = 0] = pair.key.range ?? []
      keys.push({ path, start, end, value: undefined, key: String(pair.key), pairEnd: range?.[2] ?? 0, inFlow: node.flow === true })
    }
  },
  Scalar(key, node, ancestors) {
    if (key !== 'key') scalars.push({ path: pathOf(ancestors), start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0, value: node.value })
  },
})

/** The keys on the way to a node, with dots; lists add nothing. */
function pathOf(ancestors: readonly unknown[]): string {
  return ancestors.flatMap((node) => (isPair(node) && isScalar(node.key) ? [String(node.key.value)] : [])).join('.')
}

/** Maps whose keys the schema knows, and those that take any field of Kubernetes. */
const OPEN = /(^|\.)(pod|securityContext|emptyDir)$/
const NAMED =
  /(^|\.)(values|images|components|topologies|roles|services|accounts|volumes|configs|files|vars|init|containers|ports|mounts|env|logs|references|labels|annotations|methods|schedules)$/
const known = maps.filter(({ path }) => !OPEN.test(path) && !NAMED.test(path))

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length
const insert = (at: number, inserted: string, end = at) => RICH.slice(0, at) + inserted + RICH.slice(end)

/** An entry in front of the first key of a map. */
const asFirst = ({ offset, flow }: MapSpot, entry: string) => {
  const column = offset - RICH.lastIndexOf('\n', offset - 1) - 1
  return insert(offset, flow ? `${entry}, ` : `${entry}\n${' '.repeat(column)}`)
}

function expectFound(text: string, codes: readonly Code[], line: number): void {
  const { chart, diagnostics } = compileInMemory(text, FILES)
  expect(chart).toBeUndefined()
  const found = diagnostics.map(({ code, place }) => `${code} ${place?.file}:${place?.line}`)
  expect(
    found.some((entry) => codes.some((code) => entry === `${code} addon.yaml:${line}`)),
    `${codes.join(' or ')} on line ${line}; found ${found.join(', ')}\n${text.split('\n')[line - 1]}`,
  ).toBe(true)
}

describe('what is wrong by construction is found, on its line', () => {
  test('an unknown field in any map of fields', () => {
    const name = fc.stringMatching(/^[a-z][A-Za-z]{0,12}$/).map((text) => `x${text}Q`)
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.oneof(name, fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty')),
        (map, field) => expectFound(asFirst(map, `${field}: 1`), ['schema/unknown-field'], lineOf(RICH, map.offset)),
      ),
      settings,
    )
  })

  test('a key that is given twice, in any map', () => {
    fc.assert(
      fc.property(fc.constantFrom(...maps), fc.nat(), (map, index) => {
        const key = map.keys[index % map.keys.length] ?? ''
        const text = asFirst(map, `${key}: 1`)
        // The second of the two is the one that is reported: what stood there before.
        const shift = text.length - RICH.length
        const original = keys.find(
          ({ path, key: own, start }) => own === key && path === (map.path === '' ? key : `${map.path}.${key}`) && start >= map.offset,
        )
        expectFound(text, ['load/duplicate-key'], lineOf(text, (original?.start ?? map.offset) + shift))
      }),
      settings,
    )
  })

  test('a required field that is removed', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/addon.v1.schema.json'), 'utf8')) as { readonly required: readonly string[] }
    // A field on one line can be cut out with its line.
    const block = ['apiVersion', 'name', 'version', 'engine', 'description']
    expect(schema.required).toEqual(expect.arrayContaining(block))
    for (const field of block) expectFound(RICH.replace(new RegExp(`^${field}: .*\n`, 'm'), ''), ['schema/missing-field'], 1)
    for (const [before, after] of [
      ['{type: integer, minimum', '{minimum'],
      ['default: 4, description: Threads.', 'default: 4'],
      ['{repository: example/tools, registry', '{registry'],
      ['default: {ports: [client], role', 'default: {role'],
      ['{kind: etcd, version', '{version'],
      ['tls: {mount: /etc/pki/tls, ca', 'tls: {ca'],
      ['resourceNames: [one], verbs: [get]', 'resourceNames: [one]'],
      ['single: {components: [rich]}', 'single: {default: false}'],
      ['{signal: {process: rich, signal', '{signal: {signal'],
      ['{path: config/rich.yaml, format', '{format'],
      ['{path: /data, subPath', '{subPath'],
      ['name: {knob: secretName}, key: key', 'name: {knob: secretName}'],
      ['{http: {path: /health, port: client, scheme', '{http: {port: client, scheme'],
      ['{container: rich, port: metrics, path', '{container: rich, path'],
      ['{script: [backup/restore.sh], phase: ready}', '{script: [backup/restore.sh]}'],
      ['{cron: "0 18 * * 0", enabled', '{enabled'],
      ['{cpu: "1", memory: 1Gi}', '{cpu: "1"}'],
      ['name: rich-key, key: test', 'name: rich-key'],
    ] as const) {
      expect(RICH.split(before)).toHaveLength(2)
      expectFound(RICH.replace(before, after), ['schema/missing-field'], lineOf(RICH, RICH.indexOf(before)))
    }
  })

  test('a value of another type', () => {
    const typed = scalars.filter(({ path }) => !OPEN.test(path.split('.').slice(0, -1).join('.')) && !/\.(default|enum)$/.test(path))
    fc.assert(
      fc.property(fc.constantFrom(...typed), fc.nat(2), ({ path, start, end, value }, pick) => {
        // A text can stand for a list of files, and a list is wrong where a list item is a text; a boolean is wrong wherever none is.
        const wrong =
          typeof value === 'boolean'
            ? ['7', '[x]', 'text'][pick]
            : typeof value === 'number'
              ? ['true', '[7]', '"7"'][pick]
              : ['true', '7', '[[x]]'][pick]
        const text = insert(start, wrong ?? '', end)
        expectFound(text, ['schema/type', 'schema/enum'], lineOf(RICH, start))
        expect(path).not.toBe('')
      }),
      settings,
    )
  })

  test('a reference that leads nowhere', () => {
    const references: readonly (readonly [before: string, after: string, code?: Code])[] = [
      ['image: rich\n', 'image: nowhere\n'],
      ['upgradeFrom: [1.9.0]', 'upgradeFrom: [7.7.7]'],
      ['images: {rich: 1.9.0}', 'images: {rich: 1.9.0, nowhere: 1.0.0}'],
      ['ports: [client]', 'ports: [nowhere]'],
      ['role: primary', 'role: nowhere'],
      ['pods: primary', 'pods: nowhere'],
      ['hostNetwork: [client]', 'hostNetwork: [nowhere]'],
      ['hostPort, port: client', 'hostPort, port: nowhere'],
      ['service: metrics, port', 'service: nowhere, port'],
      ['port: metrics}\n          USER', 'port: nowhere}\n          USER'],
      ['reference: store', 'reference: nowhere'],
      ['{fact: serviceHost, of: rich}', '{fact: serviceHost, of: nowhere}'],
      ['field: password, of: rich', 'field: password, of: nowhere'],
      ['rich://${USER}', 'rich://${NOWHERE}'],
      ['/data/log/', '/nowhere/'],
      ['script: role.sh', 'script: nowhere.sh'],
      ['script: join.sh', 'script: nowhere.sh'],
      ['script: switch.sh', 'script: nowhere.sh'],
      ['script: account.sh', 'script: nowhere.sh'],
      ['components: [rich, proxy, shard]', 'components: [rich, nowhere, shard]'],
      ['provision: [[rich, shard], proxy]', 'provision: [[rich, shard], nowhere]'],
      ['update: [rich, proxy, shard]', 'update: [nowhere, proxy, shard]'],
      ['versions: [2.0.0]', 'versions: [7.7.7]'],
      ['rich: {args: [--old], env', 'nowhere: {args: [--old], env', 'schema/missing-field'],
      ['fact: clusterName', 'fact: podName', 'addon/template'],
      ['mounts: {tmp: /tmp}', 'mounts: {tmp: /tmp, nowhere: /x}'],
      ['LOG_LEVEL: {knob: logLevel}', 'LOG_LEVEL: {knob: nowhere}'],
      ['name: {knob: secretName}', 'name: {knob: nowhere}'],
      ['USER: {account: root', 'USER: {account: nowhere'],
      ['path: /health, port: client', 'path: /health, port: nowhere'],
      ['tcp: {port: client}', 'tcp: {port: nowhere}'],
      ['script: ready.sh', 'script: nowhere.sh'],
      ['script: leave.sh', 'script: nowhere.sh'],
      ['container: rich\n', 'container: nowhere\n'],
      ['{container: rich, port: metrics', '{container: nowhere, port: metrics'],
      ['container: rich, port: metrics', 'container: rich, port: nowhere'],
      ['component: rich\n', 'component: nowhere\n'],
      ['volume: data\n', 'volume: nowhere\n'],
      ['dump: {cron', 'nowhere: {cron'],
      ['path: config/rich.yaml', 'path: config/nowhere.yaml', 'file/missing'],
      ['extra.conf: config/extra.conf', 'extra.conf: config/nowhere.conf', 'file/missing'],
      ['config/parameters.yaml', 'config/nowhere.yaml', 'file/missing'],
      ['scripts/*.sh', 'nowhere/*.sh', 'file/no-match'],
      ['backup/backup.sh', 'backup/nowhere.sh', 'file/missing'],
      ['backup/restore.sh', '../nowhere.sh', 'file/outside'],
      ['dashboards/*.json', 'dashboards/*.nowhere', 'file/no-match'],
      ['guide: guide.md', 'guide: nowhere.md', 'file/missing'],
      ['LEVEL: {knob: logLevel}\n      KEY', 'LEVEL: {knob: nowhere}\n      KEY'],
      ['cluster/test.sh', 'cluster/nowhere.sh', 'file/missing'],
    ]
    for (const [before, after, code = 'addon/reference'] of references) {
      expect(RICH.split(before), before).toHaveLength(2)
      expectFound(RICH.replace(before, after), [code], lineOf(RICH, RICH.indexOf(before)))
    }
  })
})

test('the fixture uses every field of the schema', () => {
  const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'schemas/addon.v1.schema.json'), 'utf8'))
  const used = new Set(keys.map(({ key }) => key))
  const fields: string[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [name, value] of Object.entries(node)) {
      if (name === 'properties' && typeof value === 'object' && value !== null) fields.push(...Object.keys(value))
      walk(value)
    }
  }
  walk(schema)
  expect(fields.filter((field) => !used.has(field))).toEqual([])
  expect(isMap(document.contents)).toBe(true)
})
