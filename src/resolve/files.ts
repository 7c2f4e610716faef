import type { Code, Path, Place } from '../diagnostics/index.ts'
import { decodeUtf8, type FileProblem } from '../load/index.ts'
import type { TextFile } from '../model/addon.ts'
import type { Scope } from './scope.ts'

const PROBLEMS: Readonly<Record<FileProblem, { readonly code: Code; readonly text: string }>> = {
  missing: { code: 'file/missing', text: 'does not exist' },
  dangling: { code: 'file/missing', text: 'is a link to a file that does not exist' },
  outside: { code: 'file/outside', text: 'is not inside the addon folder' },
  'not-a-file': { code: 'file/not-a-file', text: 'is not a plain file' },
  unreadable: { code: 'file/not-a-file', text: 'cannot be read' },
}

/** Reads one text file that the descriptor names at `origin`. */
export function readTextFile(scope: Scope, path: string, name: string, origin: Path): TextFile | undefined {
  const content = scope.folder.read(path)
  if (typeof content === 'string') {
    const { code, text } = PROBLEMS[content]
    const near = content === 'missing' ? siblings(scope, path) : []
    const hint = path.includes('\\')
      ? 'write paths with forward slashes'
      : near.length > 0
        ? `in that folder there are: ${near.join(', ')}`
        : undefined
    scope.problem(code, origin, `The file "${path}" ${text}.`, hint === undefined ? {} : { hint })
    return undefined
  }
  const text = decodeUtf8(content)
  if (text === undefined || text.includes('\0')) {
    scope.problem('file/not-text', origin, `The file "${path}" is not text in UTF-8.`)
    return undefined
  }
  return { name, path, text, origin }
}

function siblings(scope: Scope, path: string): readonly string[] {
  const slash = path.lastIndexOf('/')
  return scope.folder.list(slash < 0 ? '.' : path.slice(0, slash)).slice(0, 10)
}

/** Reads a list of files and patterns. A pattern has `*` in its last part only; what it matches is sorted by code point. */
export function readFileList(scope: Scope, list: string | readonly string[], path: Path): readonly TextFile[] {
  const patterns =
    typeof list === 'string' ? [{ pattern: list, origin: path }] : list.map((pattern, index) => ({ pattern, origin: [...path, index] }))
  return patterns.flatMap(({ pattern, origin }) =>
    expand(scope, pattern, origin).flatMap((file) => readTextFile(scope, file, file.slice(file.lastIndexOf('/') + 1), origin) ?? []),
  )
}

function expand(scope: Scope, pattern: string, origin: Path): readonly string[] {
  if (!pattern.includes('*')) return [pattern]
  const slash = pattern.lastIndexOf('/')
  const folder = slash < 0 ? '.' : pattern.slice(0, slash)
  if (folder.includes('*')) {
    scope.problem('file/no-match', origin, `The pattern "${pattern}" has * in a folder name; only the file name can have one.`)
    return []
  }
  const name = new RegExp(
    `^${pattern
      .slice(slash + 1)
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')}$`,
  )
  const matches = scope.folder.list(folder).filter((entry) => name.test(entry) && !entry.startsWith('.'))
  if (matches.length === 0) scope.problem('file/no-match', origin, `No file matches "${pattern}".`)
  return matches.map((entry) => (folder === '.' ? entry : `${folder}/${entry}`))
}

const MAX_CONFIG_MAP = 1024 * 1024

/** Checks what becomes one ConfigMap: keys that are unique and allowed, and the size. */
export function checkConfigMap(scope: Scope, what: string, files: readonly TextFile[]): void {
  const seen = new Set<string>()
  for (const { name, origin } of files) {
    if (!/^(?!\.\.|\.$)[A-Za-z0-9._-]{1,253}$/.test(name)) scope.problem('file/key', origin, `"${name}" cannot be a key of a ConfigMap.`)
    if (seen.has(name)) scope.problem('addon/duplicate', origin, `Two files of ${what} have the name "${name}".`)
    seen.add(name)
  }
  const size = files.reduce((sum, { name, text }) => sum + name.length + Buffer.byteLength(text), 0)
  const origin = files[0]?.origin
  if (size > MAX_CONFIG_MAP && origin !== undefined)
    scope.problem('file/too-large', origin, `The files of ${what} have ${size} bytes; a ConfigMap holds at most ${MAX_CONFIG_MAP}.`)
}

/** Scripts with Windows line ends do not run. */
export function checkScripts(scope: Scope, files: readonly TextFile[]): void {
  for (const { path, text, origin } of files) {
    const line = text.split('\n').findIndex((row) => row.endsWith('\r'))
    const file = scope.folder.display(path)
    if (text.startsWith('\ufeff'))
      scope.report({
        code: 'file/not-text',
        message: 'The script starts with a byte order mark, so the kernel does not see its #! line.',
        place: { file, line: 1, column: 1 },
        hint: 'save it as UTF-8 without a byte order mark',
        related: [{ place: scope.source.locate(origin), message: 'used here' }],
      })
    if (line < 0) continue
    scope.report({
      code: 'file/crlf',
      message: `The script ends line ${line + 1} with a carriage return.`,
      place: { file, line: line + 1, column: (text.split('\n')[line] ?? '').length },
      related: [{ place: scope.source.locate(origin), message: 'used here' }],
    })
  }
}

/** The place of an offset in a file beside the descriptor. */
export function placeIn(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
