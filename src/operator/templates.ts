import { endOfAction, lexActions, templateErrors } from '../gotemplate/index.ts'
import type { OperatorRelease } from './releases.ts'
import { type TemplateRenderer, templateVocabulary } from './template-functions.ts'

/** Whether a text is the same after the operator rendered it: it holds no action. */
export function isInert(text: string): boolean {
  return !text.includes('{{')
}

/**
 * Whether a template renders to nothing by itself: white space and comments. From 1.0 on the component's controller parses all keys of a
 * ConfigMap into one template, where such a text does not replace the one before, so that the file gets the text of another key.
 * release-1.0:controllers/apps/component/transformer_component_template.go renderFileTemplateData; Go: text/template AddParseTree.
 */
export function isBlankTemplate(text: string): boolean {
  return text.replace(/\{\{(?:-\s)?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/g, '').trim() === ''
}

/** What the actions of a template use. `fields` are first names below the root or the dot: `.NAME`, `$.NAME`. */
export interface TemplateUse {
  readonly functions: readonly string[]
  readonly fields: readonly string[]
  /** It does not parse, so the operator fails to render it. */
  readonly isBroken: boolean
}

/** Words of the template language, which are no functions. */
export const TEMPLATE_WORDS: ReadonlySet<string> = new Set('if else end range with define block template break continue nil true false'.split(' '))

/** Reads which functions and fields a template uses. */
export function templateUse(text: string): TemplateUse {
  const functions = new Set<string>()
  const fields = new Set<string>()
  for (const { code } of lexActions(text)) {
    if (code !== undefined && !code.startsWith('/*')) readNames(withoutTexts(code), functions, fields)
  }
  return { functions: [...functions].sort(), fields: [...fields].sort(), isBroken: templateErrors(text).length > 0 }
}

/** Strings and characters stand for nothing; what remains are names, numbers and punctuation. */
function withoutTexts(code: string): string {
  return code.replace(/`[^`]*`|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, ' "" ')
}

function readNames(code: string, functions: Set<string>, fields: Set<string>): void {
  for (const { 0: name, index } of code.matchAll(/\$\w*(?:\.\w+)*|(?:\.\w+)+|[A-Za-z_]\w*/g)) {
    const [first = '', second] = name.split('.')
    // A field of what stands in parentheses.
    if (first === '' && code[index - 1] === ')') continue
    if (first === '$' && second !== undefined) fields.add(second)
    else if (first.startsWith('$')) continue
    else if (name.startsWith('.')) {
      if (second !== undefined && /^[A-Za-z_]/.test(second)) fields.add(second)
    } else if (!TEMPLATE_WORDS.has(name)) functions.add(name)
  }
}

/** Functions of a template that its renderer does not have, for which the operator refuses the whole ConfigMap. */
export function unknownFunctions(release: OperatorRelease, renderer: TemplateRenderer, text: string): readonly string[] {
  const { functions } = templateVocabulary(release, renderer)
  return templateUse(text).functions.filter((name) => !functions.has(name))
}

/**
 * What the operator makes of a text whose actions are comments and string literals only, such as `{{ "{{" }}`; undefined for any other.
 * White space goes where `{{-` and `-}}` ask for it.
 */
export function renderLiterals(text: string): string | undefined {
  let rendered = ''
  let position = 0
  let trims = false
  for (;;) {
    const start = text.indexOf('{{', position)
    const before = text.slice(position, start < 0 ? undefined : start)
    const left = trims ? before.trimStart() : before
    if (start < 0) return rendered + left
    const end = endOfAction(text, start + 2)
    if (end === undefined) return undefined
    const inner = text.slice(start + 2, end)
    rendered += /^-\s/.test(inner) ? left.trimEnd() : left
    trims = /\s-$/.test(inner)
    const value = literal(
      inner
        .replace(/^-(?=\s)/, '')
        .replace(/\s-$/, '')
        .trim(),
    )
    if (value === undefined) return undefined
    rendered += value
    position = end + 2
  }
}

function literal(code: string): string | undefined {
  if (code.startsWith('/*')) return ''
  if (/^`[^`]*`$/.test(code)) return code.slice(1, -1)
  if (!/^"(?:\\.|[^"\\])*"$/.test(code)) return undefined
  try {
    // Escapes that Go and JSON share.
    return String(JSON.parse(code))
  } catch {
    return undefined
  }
}
