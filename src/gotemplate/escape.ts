/**
 * Literal text as Go template source that renders to exactly that text.
 * A brace is escaped when it is followed by another brace or ends the text, where what follows could complete an action.
 */
export function goText(text: string): string {
  return text.replace(/\{(?=\{|$)/g, OPEN_BRACE)
}

/** The action that renders one opening brace. */
export const OPEN_BRACE = '{{`{`}}'

/** Words and numbers that YAML 1.1 (Helm) or 1.2 reads as something other than a string, and the merge key. */
const NOT_A_STRING = /^(?:y|yes|n|no|true|false|on|off|null|~|nan|inf)$/i

/** Text that every YAML reader takes as a plain string. The pattern is tight on purpose: everything else is quoted. */
function isPlain(text: string): boolean {
  return /^[A-Za-z_/][\w./-]*$/.test(text) && !NOT_A_STRING.test(text)
}

/** JSON whose raw characters YAML readers take too: JSON leaves some raw that YAML refuses, or takes for line ends. */
export function yamlSafeJson(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A double-quoted YAML scalar. The `<` of `<no value>` is escaped because Helm erases that text from what it renders. */
function doubleQuoted(text: string): string {
  return yamlSafeJson(JSON.stringify(text)).replace(/<(?=no value>)/g, '\\u003c')
}

/** A YAML scalar for a text, on one line, not yet escaped for Go templates. */
export function yamlString(text: string): string {
  return isPlain(text) ? text : doubleQuoted(text)
}

/**
 * Whether a text can stand in a literal block and come out equal: it starts with a visible character, has no blanks at line ends,
 * (Helm trims every kind of them from the end of a document), at most one final newline, and only characters that YAML holds raw.
 */
export function isTame(text: string): boolean {
  return /^[^\s]/.test(text) && !/[^\S\n](\n|$)/.test(text) && !/\n\n$/.test(text) && !text.includes('<no value>') && !UNTAME.test(text)
}

const UNTAME = /[^\n\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u
