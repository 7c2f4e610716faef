import type { Schema } from '../../src/apimodel/index.ts'

/** A source of choices: a number below `n`. */
export type Pick = (n: number) => number

/** A source of choices that is the same for the same seed. */
export function pickFrom(seed: number): Pick {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

const TEXTS = ['a', 'data', 'a-b', 'a.b', 'A', '/tmp', '10Gi', '0.5', '50%', '', 'x'.repeat(70), '2024-01-02T03:04:05Z', '{{ x }}', 'é😀', 'PATH_A']

/** A value that mostly keeps a schema: fields that are required, some that are not, texts that match where one is known. */
export function sample(schema: Schema | undefined, pick: Pick, depth = 0): unknown {
  if (schema === undefined) return 'x'
  if (schema.enum !== undefined && pick(10) > 0) return schema.enum[pick(schema.enum.length)]
  switch (schema.type) {
    case 'object': {
      const map: Record<string, unknown> = {}
      for (const name of schema.fieldNames) {
        const chance = schema.required.includes(name) ? 95 : depth < 3 ? 35 : depth < 7 ? 15 : 0
        if (pick(100) < chance) map[name] = sample(schema.field(name), pick, depth + 1)
      }
      if (schema.additional !== undefined) for (let i = pick(3); i > 0; i--) map[`key${i}`] = sample(schema.additional, pick, depth + 1)
      return map
    }
    case 'array':
      return Array.from({ length: 1 + pick(2) }, () => sample(schema.items, pick, depth + 1))
    case 'integer':
    case 'number': {
      const least = schema.fact('minimum')
      return (typeof least === 'number' ? least : 0) + pick(5)
    }
    case 'boolean':
      return pick(2) === 0
    case 'int-or-string':
      return pick(2) === 0 ? pick(100) : text(schema, pick)
    case 'string':
      return text(schema, pick)
    case 'any':
      return { any: [pick(3), null] }
  }
}

function text(schema: Schema, pick: Pick): string {
  const pattern = schema.fact('pattern')
  const fitting = typeof pattern === 'string' ? TEXTS.filter((one) => new RegExp(pattern).test(one)) : TEXTS.slice(0, 9)
  return fitting[pick(fitting.length)] ?? 'a'
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  65536,
  '',
  'x',
  '0',
  'x'.repeat(300),
  [],
  {},
  [null],
  ['x', 'x'],
  { x: null },
  { constructor: 1 },
]

/** Changes one place of a value, below its first step: takes it away, puts something strange there, renames it, adds to it, repeats it. */
export function mutate(root: unknown, pick: Pick): void {
  const places: { readonly holder: object; readonly key: string | number }[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
    for (const key of keys) {
      places.push({ holder: value, key })
      collect(Reflect.get(value, key))
    }
  }
  for (const key of ['metadata', 'spec']) collect(Reflect.get(Object(root), key))
  const place = places[pick(Math.max(places.length, 1))]
  if (place === undefined) return
  const { holder, key } = place
  const value: unknown = Reflect.get(holder, key)
  switch (pick(5)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else Reflect.deleteProperty(holder, key)
      return
    case 1:
      Reflect.set(holder, key, structuredClone(STRANGE[pick(STRANGE.length)]))
      return
    case 2:
      if (Array.isArray(holder)) holder.push(structuredClone(value))
      else {
        Reflect.deleteProperty(holder, key)
        Reflect.set(holder, `${key}s`, value)
      }
      return
    case 3:
      if (Array.isArray(holder)) holder.unshift(structuredClone(STRANGE[pick(STRANGE.length)]))
      else Reflect.set(holder, ['extra', 'name', 'key', 'constructor'][pick(4)] ?? 'extra', structuredClone(STRANGE[pick(STRANGE.length)]))
      return
    default:
      Reflect.set(holder, key, typeof value === 'number' ? value * 1000 : typeof value === 'string' ? `${value}!` : [value])
  }
}
