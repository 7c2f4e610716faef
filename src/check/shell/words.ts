import type { Command, SyntaxNode, Word } from 'unbash'

/** A program that a text for a shell calls. */
export interface Program {
  readonly node: Command
  /** Its name without folder. */
  readonly name: string
  /** As it is written, quotes removed. */
  readonly path: string
  /** What follows the name, quotes removed. */
  readonly args: readonly string[]
  /** Whether `timeout` ends it. */
  readonly isTimed: boolean
}

/** Programs that run the one that follows, and their options that take a value. */
const RUNNERS: Readonly<Record<string, RegExp>> = {
  command: /^$/,
  exec: /^-a$/,
  env: /^-[uC]$/,
  gosu: /^$/,
  nice: /^-n$/,
  nohup: /^$/,
  setsid: /^$/,
  'su-exec': /^$/,
  sudo: /^-[ugpC]$/,
  time: /^-[fo]$/,
  timeout: /^-[ks]$/,
}
/** Of those, the ones that have an argument of their own before the program. */
const OWN_ARGUMENT: ReadonlySet<string> = new Set(['gosu', 'su-exec', 'timeout'])

/** The program that a command calls, seen through `exec`, `env`, `timeout` and the like; undefined for one that only sets variables. */
export function programOf(node: SyntaxNode): Program | undefined {
  if (node.type !== 'Command' || node.name === undefined) return undefined
  const words = [node.name, ...node.suffix.filter((item): item is Word => item.type === 'Word')].map(({ value }) => value)
  const called = programIn(words)
  return called === undefined ? undefined : { node, ...called }
}

/** The program that a list of words calls. */
export function programIn(given: readonly string[]): Omit<Program, 'node'> | undefined {
  let words = given
  let at = 0
  let isTimed = false
  for (;;) {
    const path = words[at]
    if (path === undefined) return undefined
    const name = baseName(path)
    const valued = Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined
    if (valued === undefined) return { name, path, args: words.slice(at + 1), isTimed }
    if (name === 'env') words = withSplitWords(words, at + 1, valued)
    const next = afterOptions(words, at + 1, valued) + (OWN_ARGUMENT.has(name) ? 1 : 0)
    if (next >= words.length) return { name, path, args: words.slice(at + 1), isTimed }
    isTimed ||= name === 'timeout'
    at = next
  }
}

/** The place after options, and the `NAME=value` of `env`. */
function afterOptions(words: readonly string[], from: number, valued: RegExp): number {
  let at = from
  for (let word = words[at]; word !== undefined && (/^-./.test(word) || /^\w+=/.test(word)); word = words[at]) at += valued.test(word) ? 2 : 1
  return at
}

/** What `env -S` does with its text: the words of it stand in its place. */
function withSplitWords(words: readonly string[], from: number, valued: RegExp): readonly string[] {
  let at = from
  for (let word = words[at]; word !== undefined && /^-./.test(word); word = words[at]) {
    const joined = /^(?:-[iv0]*S|--split-string(?:=|$))(.*)$/s.exec(word)?.[1]
    if (joined !== undefined) {
      const text = joined === '' ? words[at + 1] : joined
      return [...words.slice(0, at), ...(text?.match(/\S+/g) ?? []), ...words.slice(joined === '' ? at + 2 : at + 1)]
    }
    at += valued.test(word) ? 2 : 1
  }
  return words
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
