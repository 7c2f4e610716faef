import type { Path } from '../diagnostics/index.ts'

type Fields = Readonly<Record<string, unknown>>

/** Lays one value over another: maps merge key by key, in the order of the base and then of what is laid over; null removes; all else replaces. */
export function mergeOver(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return isMap(over) ? withoutNulls(over) : over
  const merged: Record<string, unknown> = Object.create(null)
  for (const [key, value] of Object.entries(base)) {
    if (!Object.hasOwn(over, key)) merged[key] = value
    else if (over[key] !== null) merged[key] = mergeOver(value, over[key])
  }
  for (const [key, value] of Object.entries(over)) {
    if (!Object.hasOwn(base, key) && value !== null) merged[key] = mergeOver(undefined, value)
  }
  return merged
}

function withoutNulls(map: Fields): Fields {
  const kept: Record<string, unknown> = Object.create(null)
  for (const [key, value] of Object.entries(map)) if (value !== null) kept[key] = mergeOver(undefined, value)
  return kept
}

/** How much of a path leads somewhere in a value. */
export function depthIn(value: unknown, path: Path): number {
  let current = value
  for (const [depth, step] of path.entries()) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return depth
    current = (current as Readonly<Record<string | number, unknown>>)[step]
  }
  return path.length
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
