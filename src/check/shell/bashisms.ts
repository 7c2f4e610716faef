import type { Command, SyntaxNode } from 'unbash'
import { lineOf, type ShellText } from './text.ts'
import { programOf } from './words.ts'

/** Something that not every `sh` takes. */
export interface Bashism {
  /** As it is written, in short. */
  readonly what: string
  readonly line: number
  /** Whether the `sh` of busybox (Alpine) takes it, as that of Debian (dash) does not. */
  readonly inBusybox: boolean
}

type Found = readonly [what: string, inBusybox: boolean] | undefined

/** What a text has that dash does not take, in order, each kind once. Tried with dash 0.5.12 and busybox 1.35. */
export function bashismsIn({ source, nodes }: ShellText): readonly Bashism[] {
  const found = new Map<string, Bashism>()
  for (const node of nodes) {
    const [what, inBusybox] = bashism(node, source) ?? []
    if (what !== undefined && inBusybox !== undefined && !found.has(what)) found.set(what, { what, line: lineOf(source, node.pos), inBusybox })
  }
  return [...found.values()]
}

function bashism(node: SyntaxNode, source: string): Found {
  switch (node.type) {
    case 'TestCommand':
      return ['[[ ]]', true]
    case 'ArithmeticCommand':
      return ['(( ))', false]
    case 'ArithmeticFor':
      return ['for (( ))', false]
    case 'Select':
      return ['select', false]
    case 'Function':
      return source.startsWith('function', node.pos) && /^function\s/.test(source.slice(node.pos, node.pos + 9)) ? ['function', true] : undefined
    case 'ArrayValue':
      return ['an array', false]
    case 'Assignment':
      return node.append === true ? ['+=', false] : node.index === undefined ? undefined : ['an array', false]
    case 'ProcessSubstitution':
      return [`${node.operator}( )`, true]
    case 'HereString':
      return ['<<<', false]
    case 'Redirect':
      return node.operator === '&>' || node.operator === '&>>' ? [node.operator, true] : undefined
    case 'AnsiCQuoted':
      return ["$' '", true]
    case 'BraceExpansion':
      return ['{ } expansion', false]
    case 'Pipeline':
      return node.operators.includes('|&') ? ['|&', false] : undefined
    case 'CaseItem':
      return node.terminator === ';&' || node.terminator === ';;&' ? [node.terminator, false] : undefined
    case 'ParameterExpansion':
      return expansion(node)
    case 'Command':
      return command(node)
    default:
      return undefined
  }
}

function expansion({ prefix, index, operation }: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): Found {
  if (index !== undefined) return ['an array', false]
  if (prefix === '!') return ['${!name}', false]
  switch (operation?.type) {
    case 'CaseModification':
      return [`\${name${operation.operator}}`, false]
    case 'Replace':
      return ['${name/a/b}', true]
    case 'Slice':
      return ['${name:n}', true]
    case 'Transform':
      return ['${name@}', false]
    default:
      return undefined
  }
}

/** Programs of bash itself; busybox has those marked so. */
const BUILTINS: ReadonlyMap<string, boolean> = new Map([
  ['declare', false],
  ['let', true],
  ['mapfile', false],
  ['popd', false],
  ['pushd', false],
  ['readarray', false],
  ['shopt', false],
  ['source', true],
  ['typeset', false],
])

function command(node: Command): Found {
  const program = programOf(node)
  if (program === undefined) return undefined
  const { path, args } = program
  const builtin = BUILTINS.get(path)
  if (builtin !== undefined) return [path, builtin]
  if ((path === '[' || path === 'test') && args.includes('==')) return ['== in [ ]', true]
  if (path === 'set' && args.includes('pipefail')) return ['set -o pipefail', true]
  if (path === 'export' && args[0] === '-f') return ['export -f', false]
  if (path === 'local' && /^-[aAn]/.test(args[0] ?? '')) return [`local ${args[0]}`, false]
  if (path !== 'read') return undefined
  const option = args.find((word) => /^-\w*[adnNstu]/.test(word))
  if (option === undefined) return undefined
  return option.includes('a') ? ['read -a', false] : [`read ${option}`, true]
}
