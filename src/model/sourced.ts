import type { Component } from './component.ts'

/** The script with facts that the compiler adds to those of a component. */
export const FACTS_SCRIPT = 'facts.sh'

/** A script that another one reads in from its own folder. */
export interface SourcedScript {
  readonly name: string
  readonly offset: number
}

/** `. "${0%/*}/NAME"`, `. "$(dirname "$0")/NAME"` and `. ./NAME`, the last unless the script changes its folder. */
const SOURCE =
  /(?:^|[;&|({]|\b(?:then|do|else))[ \t]*(?:\.|source)[ \t]+["']?(\$\{0%\/\*\}|\$\(dirname (?:-- )?"?\$0"?\)|\.)\/([\w.-]+)["']?(?=[\s;&|)}]|$)/gm

/** The scripts beside it that a script cannot do without: their paths are literal, and it does not ask whether they are there. */
export function sourcedScripts(text: string): readonly SourcedScript[] {
  const changesFolder = /(?:^|[;&|({]|\b(?:then|do|else))[ \t]*cd\b/m.test(text)
  return [...text.matchAll(SOURCE)].flatMap(({ 0: all, 1: folder, 2: name = '', index }) => {
    const isAsked = new RegExp(`-[efrs][ \\t]+\\S*/${name.replaceAll('.', '\\.')}\\b`).test(text)
    return isAsked || (folder === '.' && changesFolder) ? [] : [{ name, offset: index + all.lastIndexOf(name) }]
  })
}

/** Whether a script of a component reads facts.sh, by whatever path: `sh` ends where such a file is missing (POSIX, special built-in dot). */
export function sourcesFacts({ scripts }: Component): boolean {
  return (scripts?.files ?? []).some(({ text }) => /^[^#\n]*\/facts\.sh\b/m.test(text))
}
