import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../support/workspace.ts'

/** Folder of the good addon that every case starts from. */
export const BASE: string = join(ROOT, 'test/cases/base')

/** The descriptor that `edit` changes when no other file is named. */
const DESCRIPTOR = 'addons/tiny/addon.yaml'

/**
 * Runs the commands of a transcript in a fresh copy of the base, and returns the transcript as it is now.
 *
 * A transcript is a text: `# ` lines say what the case shows, `$ ` lines are commands, everything else is what they gave
 * (`err| ` and `out| ` lines, `exit N`). `$ edit 'old' 'new' [file]` changes a file, `\n` stands for a line end; all other commands run in `sh`, where
 * `addonsmith` is the built tool.
 */
export async function replay(transcript: string): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'addonsmith-case-')))
  try {
    cpSync(BASE, folder, { recursive: true })
    const lines: string[] = []
    for (const line of transcript.split('\n')) {
      if (line.startsWith('# ')) lines.push(line)
      if (!line.startsWith('$ ')) continue
      lines.push(line)
      const command = line.slice(2)
      if (command.startsWith('edit ')) edit(folder, command)
      else lines.push(...(await run(folder, command)))
    }
    return `${lines.join('\n')}\n`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `edit 'old' 'new' [file]`: the old text must be there exactly once. */
function edit(folder: string, command: string): void {
  const words = /^edit '([^']*)' '([^']*)'(?: (\S+))?$/.exec(command)
  if (words === null) throw new Error(`not an edit: ${command}`)
  const [before, after] = [words[1], words[2]].map((text) => (text ?? '').replaceAll('\\n', '\n'))
  const file = join(folder, words[3] ?? DESCRIPTOR)
  const parts = readFileSync(file, 'utf8').split(before ?? '')
  if (parts.length !== 2) throw new Error(`${parts.length - 1} times in the file: ${command}`)
  writeFileSync(file, parts.join(after))
}

/** Runs one command; what it printed, with the streams marked, and the exit code of the tool. Commands that only prepare must succeed in silence. */
async function run(folder: string, command: string): Promise<readonly string[]> {
  const prelude = 'addonsmith() { "$CASE_NODE" "$CASE_CLI" "$@"; }\n'
  const child = spawn('/bin/sh', ['-c', prelude + command], {
    cwd: folder,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: folder,
      NO_COLOR: '1',
      ADDONSMITH_CACHE: join(folder, '.no-cache'),
      CASE_NODE: process.execPath,
      CASE_CLI: join(ROOT, 'dist/lib/cli.js'),
    },
  })
  const chunks: { readonly out: Buffer[]; readonly err: Buffer[] } = { out: [], err: [] }
  child.stdout.on('data', (chunk: Buffer) => chunks.out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.err.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const marked = (stream: 'err' | 'out') => {
    const text = Buffer.concat(chunks[stream]).toString('utf8').replaceAll(folder, '<folder>')
    return text === '' ? [] : text.replace(/\n$/, '').split('\n').map((line) => `${stream}| ${line}`.trimEnd())
  }
  const output = [...marked('err'), ...marked('out')]
  if (/\baddonsmith\b/.test(command)) return [...output, `exit ${code}`]
  if (code !== 0) throw new Error(`${command} failed: ${output.join('\n')}`)
  return output
}
