import { isBlankOrEnd, isBreakOrEnd, isWord } from './characters.ts'
import { type Cursor, YamlProblem } from './cursor.ts'

/** Reads the name of an anchor or alias, from its indicator on. */
export function scanName(cursor: Cursor, kind: 'alias' | 'anchor'): string {
  const start = cursor.offset
  const from = ++cursor.offset
  while (isWord(cursor.at())) cursor.offset++
  if (cursor.offset === from || !(isBlankOrEnd(cursor.at()) || /[?:,\]}%@`]/.test(cursor.text.charAt(cursor.offset))))
    throw new YamlProblem(`the name of an ${kind} may have only letters, digits, - and _`, start)
  return cursor.text.slice(from, cursor.offset)
}

/** What a tag may be written with. */
const TAG_CHARACTERS = String.raw`[\w;/?:@&=+$,.!~*'()[\]%-]`
const DIRECTIVE = new RegExp(String.raw`^(YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+!([\w-]*!)?[ \t]+${TAG_CHARACTERS}+)[ \t]*$`)

/** Reads a tag as it is written. */
export function scanTag(cursor: Cursor): string {
  const from = cursor.offset
  const pattern = new RegExp(`!<${TAG_CHARACTERS}+>|!${TAG_CHARACTERS}*`, 'y')
  pattern.lastIndex = from
  cursor.offset += pattern.exec(cursor.text)?.[0].length ?? 1
  const tag = cursor.text.slice(from, cursor.offset)
  if (/%(?![0-9a-fA-F]{2})/.test(tag)) throw new YamlProblem('a % in a tag needs two digits', from)
  if (!isBlankOrEnd(cursor.at())) throw new YamlProblem('a tag ends with white space', from)
  return tag
}

/** Reads the words of a directive, from its % on. */
export function scanDirective(cursor: Cursor): string {
  const start = cursor.offset
  while (!isBreakOrEnd(cursor.at())) cursor.offset++
  const words = cursor.text.slice(start + 1, cursor.offset).replace(/[ \t]#.*$/, '')
  if (!DIRECTIVE.test(words)) throw new YamlProblem('the directive is not known', start)
  return words.trim()
}
