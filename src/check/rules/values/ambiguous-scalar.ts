import type { SourceFinding, SourceRule } from '../../rule.ts'
import { findingIn, type ReadChart, readChart } from '../../source/chart.ts'
import { goNumber, readAs, surprise } from '../../source/scalar.ts'
import { valueUses } from '../../source/uses.ts'
import { showPath, type WrittenScalar } from '../../source/values.ts'

const rule: SourceRule = {
  code: 'values/ambiguous-scalar',
  source: 'helm: v4.1.4 pkg/chart/v2/loader/load.go LoadValues reads YAML 1.1; test/property/yaml-helm.test.ts',
  check(chart) {
    const read = readChart(chart)
    return [...inValues(read), ...inTemplates(read)]
  },
}
export default rule

function inValues(chart: ReadChart): readonly SourceFinding[] {
  const { values } = chart
  if (values === undefined) return []
  const large = printedLarge(chart)
  return values.scalars.flatMap((scalar) => {
    const { source, isPlain, isKey, path, offset } = scalar
    if (!isPlain) return []
    const odd = isKey ? surprisingKey(source) : (surprise(source, path.at(-1) ?? '') ?? large(scalar))
    if (odd === undefined) return []
    const { line, column } = values.place(offset)
    const message = isKey ? `The key ${source} is one ${odd}.` : `The value of "${showPath(path)}" is ${source}, which ${odd}.`
    return [{ file: 'values.yaml', line, column, message, hint: isKey ? keyHint(source) : `write ${hint(source)}` }]
  })
}

function inTemplates({ templates }: ReadChart): readonly SourceFinding[] {
  return templates
    .filter(({ givesObjects }) => givesObjects)
    .flatMap((template) =>
      template.lines().flatMap(({ key, value, keyOffset, valueOffset, parents }) => {
        const oddKey = key === undefined ? undefined : surprisingKey(key)
        const odd = surprise(value, key ?? parents.at(-1) ?? '')
        return [
          ...(oddKey === undefined ? [] : [findingIn(template, keyOffset, `The key ${key} is one ${oddKey}.`, keyHint(key ?? ''))]),
          ...(odd === undefined
            ? []
            : [
                findingIn(
                  template,
                  valueOffset,
                  `${key === undefined ? 'An item' : `The value of ${key}`} is ${value}, which ${odd}.`,
                  `write ${hint(value)}`,
                ),
              ]),
        ]
      }),
    )
}

function surprisingKey(source: string): string | undefined {
  if (!/^(?:y|yes|on|n|no|off)$/i.test(source)) return undefined
  const read = readAs(source)
  return read === undefined ? undefined : `that Helm reads as "${read}"`
}

/** Integers from a million on come out with an exponent, unless the template makes them integers again. */
function printedLarge({ templates }: ReadChart): (scalar: WrittenScalar) => string | undefined {
  const bare = new Set<string>()
  for (const { path, keyword, pipeline } of templates.flatMap(valueUses)) {
    const [first, ...more] = pipeline.commands
    if (keyword !== undefined || pipeline.variables.length > 0 || first?.length !== 1 || first[0]?.kind !== 'field') continue
    if (more.every(([head]) => head?.kind === 'function' && /^(?:quote|squote|default|toString)$/.test(head.name))) bare.add(showPath(path))
  }
  return ({ source, path }) => {
    const value = /^[-+]?\d+$/.test(source) ? Number(source) : 0
    return Math.abs(value) >= 1e6 && bare.has(showPath(path)) ? `the template prints as ${goNumber(value)}` : undefined
  }
}

function keyHint(key: string): string {
  return `quote the key: "${key}"`
}

function hint(source: string): string {
  const read = readAs(source)
  return read === 'true' || read === 'false' ? `${read} or "${source}"` : `"${source}" if it is a text`
}
