// Lists the commands of Qdrant's scripts that no test ran:
//   QDRANT_TRACE=/tmp/trace npx vitest run test/qdrant && npx jiti test/qdrant/uncovered.ts /tmp/trace
// bash, told to behave like a POSIX shell, wrote which lines it ran. A command of several lines counts when one of them is named.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { chartScripts } from './chart-files.ts'
import { BACKUP, SMOKE } from './lab.ts'

/** Lines with nothing to run on them. */
const SYNTAX = /^\s*(\{|\}|\)|;;|fi|else|then|do|done|done [34]?<<\w+|esac|while :; do|\w+\(\) \{|case .* in|[^()]*\)|\*\) ;;|.*\) ;;)\s*$/

/** Where words of the shell may be nested: quotes, substitutions, parentheses; a line that ends open, or with a backslash, goes on. */
function nestingAfter(line: string, before: readonly string[]): string[] {
  const open = [...before]
  for (const [token, blank] of line.matchAll(/\\.|'|"|\$?\(|\)|(^|\s)#.*$/g)) {
    const top = open.at(-1)
    if (top === "'") {
      if (token === "'") open.pop()
    } else if (token === '"') {
      if (top === '"') open.pop()
      else open.push(token)
    } else if (token.endsWith('(') && (top !== '"' || token === '$(')) open.push('(')
    else if (token === ')' && top === '(') open.pop()
    else if (token === "'" && top !== '"') open.push(token)
    else if (blank !== undefined && top !== '"') break
  }
  return open
}

/** Splits a script into commands: their first and last lines. Here-documents belong to none. */
function commands(text: string): (readonly [first: number, last: number])[] {
  const found: [number, number][] = []
  let open: string[] = []
  let continued = false
  let start = 0
  let until: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    if (until !== undefined) {
      if (line === until) until = undefined
      continue
    }
    if (open.length === 0 && !continued) {
      if (/^\s*(#.*)?$/.test(line)) continue
      start = index + 1
    }
    open = nestingAfter(line, open)
    continued = line.endsWith('\\')
    until = /<<(\w+)/.exec(line)?.[1]
    if (open.length === 0 && !continued) found.push([start, index + 1])
  }
  if (open.length > 0) throw new Error(`line ${start} is never closed`)
  return found
}

const trace = readFileSync(process.argv[2] ?? '', 'utf8')
const ran = new Set([...trace.matchAll(/^\++@\S*\/((?:scripts|backup|cluster)\/[a-z-]+\.sh:\d+)@/gm)].map(([, place]) => place))
const files = [
  ...[...(await chartScripts()).container].map(([name, text]) => [`scripts/${name}`, text] as const),
  ...['lib.sh', 'backup.sh', 'restore.sh'].map((name) => [`backup/${name}`, readFileSync(path.join(BACKUP, name), 'utf8')] as const),
  ['cluster/smoke.sh', readFileSync(SMOKE, 'utf8')] as const,
]
let total = 0
let missing = 0
for (const [name, text] of files) {
  const lines = text.split('\n')
  for (const [first, last] of commands(text)) {
    const shown = lines.slice(first - 1, last)
    if (shown.length === 1 && SYNTAX.test(shown[0] ?? '')) continue
    total += 1
    if (shown.some((_, i) => ran.has(`${name}:${first + i}`))) continue
    missing += 1
    console.log(`${name}:${first}: ${shown[0]?.trim()}`)
  }
}
console.log(`${total - missing} of ${total} commands were run`)
