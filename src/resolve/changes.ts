import { escapeRegExp, suggest } from '../diagnostics/index.ts'
import type { Change } from '../model/addon.ts'
import { readTextFile } from './files.ts'
import type { Scope } from './scope.ts'

const FILE = 'CHANGELOG.md'

/** The sections that keepachangelog.com/en/1.1.0 knows, which are the kinds of Artifact Hub in another spelling. */
const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const

/** What the version changes, from a CHANGELOG.md beside the descriptor; nothing when there is none. What cannot be read there is a warning. */
export function resolveChanges(scope: Scope, version: string): readonly Change[] {
  if (!scope.folder.list('.').includes(FILE)) return []
  const file = readTextFile(scope, FILE, FILE, [])
  if (file === undefined) return []
  const lines = file.text.replace(/^\ufeff/, '').split(/\r?\n/)
  const heading = new RegExp(`^## +\\[?v?${escapeRegExp(version)}\\]?(?![\\w.+-])`)
  const start = lines.findIndex((line) => heading.test(line))
  const warn = (line: number, message: string, hint: string | undefined) =>
    scope.report({
      code: 'file/changelog',
      message,
      place: { file: scope.folder.display(FILE), line: line + 1, column: 1 },
      ...(hint === undefined ? {} : { hint }),
    })
  if (start < 0) {
    warn(0, `${FILE} has no section for the version ${version}.`, `write ## [${version}] above what it changes`)
    return []
  }
  const length = lines.slice(start + 1).findIndex((line) => /^## /.test(line))
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length)
  return readSection(section, (index, name) =>
    warn(start + 1 + index, `"${name}" is no section of a changelog, so what it lists is left out.`, suggest(name, KINDS)),
  )
}

/** The items of the lists below `### Added` and so on. An item goes on in lines that are indented. */
function readSection(lines: readonly string[], unknown: (index: number, name: string) => void): readonly Change[] {
  const changes: { readonly kind: Change['kind']; text: string }[] = []
  let kind: Change['kind'] | undefined = 'changed'
  let isOpen = false
  for (const [index, line] of lines.entries()) {
    const name = /^### +(.*?) *#*$/.exec(line)?.[1]
    const item = /^[-*+] +(.*)$/.exec(line)?.[1]
    const last = changes.at(-1)
    if (name !== undefined) {
      kind = kindOf(name)
      if (kind === undefined) unknown(index, name)
      isOpen = false
    } else if (item !== undefined) {
      isOpen = kind !== undefined
      if (kind !== undefined) changes.push({ kind, text: item.trim() })
    } else if (/^\s+\S/.test(line) && isOpen && last !== undefined) last.text += ` ${line.trim()}`
    else isOpen = false
  }
  return changes
}

function kindOf(name: string): Change['kind'] | undefined {
  const kinds = KINDS.map((kind) => kind.toLowerCase() as Change['kind'])
  return kinds.find((kind) => kind === name.trim().toLowerCase())
}
