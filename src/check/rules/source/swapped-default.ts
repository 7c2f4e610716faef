import { type Command, commandsIn, type Operand, type Pipeline } from '../../../gotemplate/index.ts'
import type { SourceRule } from '../../rule.ts'
import { findingIn, readChart } from '../../source/chart.ts'

const rule: SourceRule = {
  code: 'source/swapped-default',
  source: 'sprig: defaults.go dfault: default DEFAULT VALUE',
  check(chart) {
    return readChart(chart).templates.flatMap((template) =>
      template.actions.flatMap(({ parsed, start }) => {
        if (parsed.pipeline === undefined) return []
        return swapsIn(commandsIn(parsed.pipeline), pipedIn(parsed.pipeline)).map(({ value, literal }) =>
          findingIn(
            template,
            start + value.offset,
            `This is always ${literal}: "default" takes the value last, so ${nameOf(value)} can never win.`,
            `write ${nameOf(value)} | default ${literal}`,
          ),
        )
      }),
    )
  },
}
export default rule

interface Swap {
  readonly value: Operand & { readonly kind: 'field' }
  readonly literal: string
}

/** `default .Values.x "text"`, and `"text" | default .Values.x`. */
function swapsIn(commands: readonly Command[], piped: readonly (readonly [Command, Command])[]): readonly Swap[] {
  const direct = commands.flatMap((command) => (command.length === 3 ? swap(command[0], command[1], command[2]) : []))
  const behind = piped.flatMap(([before, [head, value, ...more]]) => (before.length === 1 && more.length === 0 ? swap(head, value, before[0]) : []))
  return [...direct, ...behind]
}

function swap(head: Operand | undefined, value: Operand | undefined, last: Operand | undefined): readonly Swap[] {
  const literal = last === undefined ? undefined : literalOf(last)
  if (head?.kind !== 'function' || head.name !== 'default' || value?.kind !== 'field' || value.names.length === 0 || literal === undefined) return []
  return [{ value, literal }]
}

/** A literal that is not empty; `default` passes an empty one over. */
function literalOf(operand: Operand): string | undefined {
  if (operand.kind === 'text') return operand.value === '' ? undefined : JSON.stringify(operand.value)
  if (operand.kind === 'number') return Number(operand.text) === 0 ? undefined : operand.text
  return operand.kind === 'constant' && operand.name === 'true' ? 'true' : undefined
}

/** Commands that stand next to each other in a pipeline, those in parentheses included. */
function pipedIn(pipeline: Pipeline): readonly (readonly [Command, Command])[] {
  const found: (readonly [Command, Command])[] = []
  const add = ({ commands }: Pipeline): void => {
    for (const [index, command] of commands.entries()) {
      const next = commands[index + 1]
      if (next !== undefined) found.push([command, next])
      for (const operand of command) if (operand.kind === 'group') add(operand.pipeline)
    }
  }
  add(pipeline)
  return found
}

function nameOf({ root, names }: Swap['value']): string {
  return [root, ...names].join('.')
}
