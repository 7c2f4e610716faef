import type { Place } from '../../diagnostics/index.ts'
import { lexActions, type ParsedAction, parseAction } from '../../gotemplate/index.ts'
import { placesIn } from '../../load/index.ts'
import { readLines, type TemplateLine } from './lines.ts'

/** A file below `templates/`. */
export interface Template {
  readonly path: string
  readonly text: string
  /** Every action that can be read, in order; comments are none. */
  readonly actions: readonly TemplateAction[]
  /** Whether Helm takes objects from it: helpers (`_x.tpl`) and NOTES.txt are for others. */
  readonly givesObjects: boolean
  /** The lines that are YAML: what stands in a block of text is not. */
  readonly lines: () => readonly TemplateLine[]
  readonly place: (offset: number) => Place
}

/** An action of a template. */
export interface TemplateAction {
  readonly parsed: ParsedAction
  /** Where its braces start, and where its code. */
  readonly offset: number
  readonly start: number
  /** Just behind its braces. */
  readonly end: number
}

/** Reads a template. What Go would not take is left out: Helm says so itself. */
export function readTemplate(path: string, text: string): Template {
  const actions: TemplateAction[] = []
  for (const { code, offset } of lexActions(text)) {
    if (code === undefined || code.startsWith('/*')) continue
    const parsed = parseAction(code)
    if (parsed === undefined) continue
    const start = text.indexOf(code, offset + 2)
    actions.push({ parsed, offset, start, end: text.indexOf('}}', start + code.length) + 2 })
  }
  let lines: readonly TemplateLine[] | undefined
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    path,
    text,
    actions,
    givesObjects: !name.startsWith('_') && name !== 'NOTES.txt',
    lines: () => {
      lines ??= readLines(text)
      return lines
    },
    place: placesIn(path, text),
  }
}
