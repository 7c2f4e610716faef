// Lists the lines of Qdrant's scripts that no test ran:
//   QDRANT_TRACE=/tmp/trace npx vitest run test/qdrant && node test/qdrant/uncovered.mjs /tmp/trace
// bash, told to behave like a POSIX shell, wrote which lines it ran. A command of several lines counts when one of them is named.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const files = [
  'scripts/lib.sh',
  'scripts/setup.sh',
  'scripts/ready.sh',
  'scripts/member-leave.sh',
  'scripts/pre-stop.sh',
  'backup/lib.sh',
  'backup/backup.sh',
  'backup/restore.sh',
]

/** @type {Map<string, Set<number>>} */
const ran = new Map(files.map((file) => [file, new Set()]))
for (const [, file, line] of readFileSync(process.argv[2] ?? '', 'utf8').matchAll(/^\++@\S*\/((?:scripts|backup)\/[a-z-]+\.sh):(\d+)@/gm))
  ran.get(file ?? '')?.add(Number(line))

/** Splits a script into commands: their first and last lines. Quotes and backslashes join lines, here-documents belong to none. */
function commands(text) {
  const found = []
  let open = ''
  let start = 0
  let until
  for (const [index, line] of text.split('\n').entries()) {
    if (until !== undefined) {
      if (line === until) until = undefined
      continue
    }
    if (open === '') start = index + 1
    if (open === '' && /^\s*(#.*)?$/.test(line)) continue
    for (const [token] of line.replace(open === '' ? /(^|\s)#.*$/ : /$^/, '').matchAll(/\\.|'|"|\$\(|\)/g)) {
      if (open === "'") open = token === "'" ? '' : open
      else if (token === '"') open = open === '"' ? '' : '"'
      else if (token === "'" && open === '') open = "'"
    }
    until = /<<(\w+)/.exec(line)?.[1]
    if (open === '' && line.endsWith('\\')) {
      open = '\\'
      continue
    }
    if (open === '\\' && !line.endsWith('\\')) open = ''
    if (open === '') found.push([start, index + 1])
  }
  return found
}

const SYNTAX =
  /^\s*(\{|\}|\)|;;|fi|else|then|do|done|done <<\w+|done 4<<\w+|esac|while :; do|begin=.*|\w+\(\) \{|case .* in|[^()]*\)|\*\) ;;|.*\) ;;)\s*$/
let total = 0
let missing = 0
for (const file of files) {
  const source = file === 'scripts/pre-stop.sh' ? path.join(root, 'templates', file) : path.join(root, 'addons/qdrant', file)
  const text = readFileSync(source, 'utf8')
  const lines = text.split('\n')
  for (const [first, last] of commands(text)) {
    const shown = lines.slice(first - 1, last)
    if (shown.length === 1 && SYNTAX.test(shown[0] ?? '')) continue
    total += 1
    if (shown.some((_, i) => ran.get(file)?.has(first + i))) continue
    missing += 1
    console.log(`${file}:${first}: ${shown[0]?.trim()}`)
  }
}
console.log(`${total - missing} of ${total} commands were run`)
