import Handlebars from 'handlebars/runtime'
import { invariant } from '../diagnostics/index.ts'
import { type SkeletonName, skeletons } from '../generated/skeletons.js'
import { Code, goString, goText } from '../gotemplate/index.ts'

// An instance of our own: no helper registered elsewhere can reach it.
const handlebars = Handlebars.create()
handlebars.registerHelper({
  /** A Go string literal, for the inside of an action. */
  goString: (text: unknown) => goString(String(text)),
  /** A pipeline, for the inside of an action. */
  action: (code: unknown) => {
    invariant(code instanceof Code, 'only Code becomes code')
    return code.go
  },
  /** Text of a file that Helm renders. */
  goText: (text: unknown) => goText(String(text)),
  /** Text in Markdown. */
  markdown: (text: unknown) => markdown(String(text)),
  /** Text in a cell of a Markdown table. */
  cell: (text: unknown) => markdown(String(text)).replaceAll('|', '\\|'),
  /** A name or value in a cell of a Markdown table, as code. */
  code: (text: unknown) => code(String(text)).replaceAll('|', '\\|'),
})

/** Fills a whole-file skeleton of templates/. What is inserted passes a helper that escapes it for the language of the file. */
export function renderSkeleton(name: SkeletonName, data: object): string {
  return handlebars.template(skeletons[name])(data)
}

/** Text that Markdown shows as it is: on one line, with its special characters escaped. */
function markdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#]/g, '\\$&')
}

/** Text as a code span; nothing for no text. The fence is longer than any run of backticks in it. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line === '') return ''
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? fence + line + fence : `${fence} ${line} ${fence}`
}
