import type { Value } from '../../model/chart.ts'

/** The leaves of a chart's values as rows of a table: dotted name, default as JSON, description. */
export function valueRows(
  values: readonly Value[],
  prefix = '',
): readonly { readonly name: string; readonly default: string; readonly description: string }[] {
  return values.flatMap((value) => {
    const key = value.name.includes('.') ? JSON.stringify(value.name) : value.name
    const name = prefix === '' ? key : `${prefix}.${key}`
    return value.kind === 'group' ? valueRows(value.values, name) : [{ name, default: JSON.stringify(value.default), description: value.description }]
  })
}
