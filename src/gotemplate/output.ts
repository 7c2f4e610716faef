import { invariant } from '../diagnostics/index.ts'
import { goText, OPEN_BRACE } from './escape.ts'
import type { Origin } from './node.ts'

/** A printed template. `origins[i]` is where line `i + 1` comes from; `actions` are the template actions in it, in order. */
export interface Printed {
  readonly text: string
  readonly origins: readonly (Origin | undefined)[]
  readonly actions: readonly string[]
}

/** Takes the lines of a template, and keeps account of every action that is written. */
export interface Output {
  /** Number of lines so far. */
  readonly length: number
  line(text: string, origin: Origin | undefined): void
  /** Puts a dash in front of a line that was indented for one. */
  dash(line: number, indent: number): void
  /** An action; `trim` takes the blanks and the line end in front of it away. */
  action(code: string, trim?: boolean): string
  /** Literal text, escaped; the escapes are actions too. */
  literal(text: string): string
  printed(): Printed
}

export function createOutput(): Output {
  const lines: string[] = []
  const origins: (Origin | undefined)[] = []
  const actions: string[] = []
  return {
    get length() {
      return lines.length
    },
    line(text, origin) {
      invariant(!text.includes('\n'), 'a printed line holds a newline')
      lines.push(text)
      origins.push(origin)
    },
    dash(line, indent) {
      lines[line] = `${' '.repeat(indent)}- ${(lines[line] ?? '').slice(indent + 2)}`
    },
    action(code, trim = false) {
      actions.push(code)
      return trim ? `{{- ${code} }}` : `{{ ${code} }}`
    },
    literal(text) {
      const escaped = goText(text)
      for (let i = escaped.split(OPEN_BRACE).length - 1; i > 0; i--) actions.push('`{`')
      return escaped
    },
    printed: () => ({ text: `${lines.join('\n')}\n`, origins, actions }),
  }
}
