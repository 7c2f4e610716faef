import { yamlString } from '../gotemplate/index.ts'
import type { Value } from '../model/chart.ts'
import { dataScalar } from './data-yaml.ts'

/** values.yaml with a comment above each value. */
export function valuesYaml(values: readonly Value[], indent = 0): string {
  const pad = ' '.repeat(indent)
  return values
    .map((value, index) => {
      const comment =
        value.description === ''
          ? ''
          : value.description
              .split(/\r\n|[\n\r\u2028\u2029\u0085]/)
              .map((line) => `${pad}# ${printable(line)}\n`)
              .join('')
      const gap = indent === 0 && index > 0 ? '\n' : ''
      if (value.kind === 'leaf') return `${gap}${comment}${pad}${yamlString(value.name)}: ${dataScalar(value.default)}\n`
      return `${gap}${comment}${pad}${yamlString(value.name)}:\n${valuesYaml(value.values, indent + 2)}`
    })
    .join('')
}

/** A comment cannot hold what YAML does not allow raw. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: replacing control characters is what it is for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g, '?').trimEnd()
}

/**
 * values.schema.json. Everything the chart reads is required, so that a null, which deletes a default, is refused with its name.
 * Only declared values are allowed, and what a parent chart injects: `global`, and `enabled` for a condition.
 */
export function valuesSchema(values: readonly Value[]): Readonly<Record<string, unknown>> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...group(values),
    properties: { ...properties(values), global: { type: 'object' }, enabled: { type: 'boolean' } },
  }
}

/**
 * values.schema.json of a chart from which kbcli makes flags (release-1.1 of kbcli: pkg/util/flags/flags.go, pkg/cmd/cluster/create_util.go). It makes a flag of each
 * property, so what can be none is a pattern instead; asks for a flag for each name in `required`, which therefore stands below `allOf`; and passes flags of
 * its own as values. `minimum` is inclusive, since it cannot read a number as `exclusiveMinimum`.
 */
export function flagSchema(values: readonly Value[]): Readonly<Record<string, unknown>> {
  const isFlag = (value: Value) => value.isFlag !== false
  const flags = values.filter(isFlag)
  const others = Object.entries(properties(values.filter((value) => !isFlag(value)))).map(([name, schema]) => [`^${name}$`, schema] as const)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    allOf: [{ required: flags.map(({ name }) => name) }],
    properties: properties(flags),
    patternProperties: {
      ...Object.fromEntries(others),
      '^(edit|dryRun|output)$': { description: 'Flags of kbcli.' },
      '^global$': { type: 'object' },
      '^enabled$': { type: 'boolean' },
    },
  }
}

function group(values: readonly Value[]): Readonly<Record<string, unknown>> {
  return { type: 'object', additionalProperties: false, required: values.map(({ name }) => name), properties: properties(values) }
}

function properties(values: readonly Value[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    values.map((value) => [
      value.name,
      value.kind === 'group'
        ? { ...(value.description === '' ? {} : { description: value.description }), ...group(value.values) }
        : { description: value.description, default: value.default, ...value.schema },
    ]),
  )
}
