import { baseName, programIn } from './words.ts'

/** What words that start a program have to do with a shell: a text handed to it, a file handed to it, a file that is a program itself. */
export type Invocation =
  | { readonly how: 'text'; readonly shell: string; readonly index: number; readonly text: string }
  | { readonly how: 'file'; readonly shell: string; readonly file: string }
  | { readonly how: 'direct'; readonly file: string }

const SHELLS: ReadonlySet<string> = new Set(['sh', 'ash', 'dash', 'bash', 'ksh', 'zsh'])
const INITS: ReadonlySet<string> = new Set(['tini', 'tini-static', 'dumb-init'])

/** Reads words as execve gets them. */
export function invocationOf(words: readonly string[]): Invocation | undefined {
  const first = words[0]
  if (first !== undefined && INITS.has(baseName(first))) {
    const start = words.findIndex((word, index) => index > 0 && !word.startsWith('-'))
    return start < 0 ? undefined : moved(invocationOf(words.slice(start)), start)
  }
  const called = programIn(words)
  if (called === undefined) return undefined
  const { name, path, args } = called
  if (!SHELLS.has(name)) return { how: 'direct', file: path }
  const before = words.length - args.length
  let isText = false
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (/^[-+]./.test(word) && word !== '--') {
      if (/^-\w*c/.test(word)) isText = true
      if (/^[-+]\w*[oO]$/.test(word) || word === '--rcfile' || word === '--init-file') at++
      continue
    }
    if (word === '--') continue
    if (!isText) return { how: 'file', shell: name, file: word }
    // A text that is only a part of a word, as `env -S` takes it, has no place of its own.
    return words[before + at] === word ? { how: 'text', shell: name, index: before + at, text: word } : undefined
  }
  return undefined
}

function moved(invocation: Invocation | undefined, by: number): Invocation | undefined {
  return invocation?.how === 'text' ? { ...invocation, index: invocation.index + by } : invocation
}

/** The shell that a first line names; undefined for another program, null when there is no such line. */
export function shebangShell(text: string): string | undefined | null {
  const line = /^#![ \t]*(.*)/.exec(text)?.[1]
  if (line === undefined) return null
  const called = programIn(line.trim().split(/\s+/))
  return called !== undefined && SHELLS.has(called.name) ? called.name : undefined
}
