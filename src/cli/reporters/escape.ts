import { visible } from '../../diagnostics/index.ts'

/**
 * What charts say is not trusted, and a report is read by programs: terminals, runners of GitHub, XML parsers, pages. Everything here makes one
 * line of text that its reader takes for nothing but text.
 */

/** One line without control characters, lone surrogates and the two code points that XML does not know. */
export function plain(text: string): string {
  return visible(text.toWellFormed()).replace(/[\ufffe\uffff]/g, '\ufffd')
}

/** JSON in ASCII where a terminal or a runner would see more than text: the same value to every parser. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  const escaped = text.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${escaped.replaceAll('##[', '##\\u005b')}\n`
}

/** Text of an XML element or attribute. */
export function xmlText(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('##[', '##&#91;')
}

/** Text in Markdown, cells of tables included: no markup, no HTML, no link, and nobody is mentioned. */
export function markdownText(text: string): string {
  return plain(text)
    .replace(/[\\`*_[\]|~$]|^[-+#=]|(?<=^\d+)[.)]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<!\w)@(?=\w)/g, '@\u200b')
}

/** Lines as they are, between fences that none of them can end. */
export function markdownFence(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...lines.map((line) => inert(plain(line))), fence].join('\n')
}

/** The message of a workflow command of GitHub; several lines are allowed. */
export function workflowMessage(lines: readonly string[]): string {
  return lines.map((line) => plain(line).replaceAll('%', '%25')).join('%0A')
}

/** A property of a workflow command of GitHub. */
export function workflowProperty(text: string): string {
  return plain(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Lines in which runners of GitHub find no command: `::name::` at the beginning of a line, `##[name]` anywhere. */
export function inert(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [')
}
