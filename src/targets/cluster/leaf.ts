import type { Value } from '../../model/chart.ts'

/** A value with a flag of kbcli. */
export function leaf(name: string, description: string, preset: unknown, schema: Readonly<Record<string, unknown>>): Value {
  return { kind: 'leaf', name, description, default: preset, schema }
}
