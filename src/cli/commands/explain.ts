import { readFileSync } from 'node:fs'
import { type Code, catalogue, errnoOf, suggest, UsageFault } from '../../diagnostics/index.ts'
import { areaOf, type CheckCode, checkCodes, kindNames, releaseSpan } from '../codes.ts'
import { packageFile } from '../package-root.ts'

/** `addonsmith explain`: what codes mean, why it matters, what to do, and an example where there is one. */
export function explain(words: readonly string[]): number {
  const known = Object.keys(catalogue) as Code[]
  const codes = words.map((word) => {
    const code = known.find((candidate) => candidate === word)
    if (code === undefined) throw new UsageFault(`${word}: there is no such code.`, { fix: hintFor(word, known) })
    return code
  })
  const checked = checkCodes()
  const parts = [...new Set(codes)].map((code) =>
    sections(
      code,
      checked.find((one) => one.code === code),
    ).join('\n\n'),
  )
  process.stdout.write(`${parts.join('\n\n\n')}\n`)
  return 0
}

/** What may be meant by a word that is no code: the codes of an area, those with that name, or a code that looks like it. */
function hintFor(word: string, known: readonly Code[]): string {
  const near = known.filter((code) => areaOf(code) === word || code.slice(code.indexOf('/') + 1) === word)
  if (near.length > 0) return `choose one of: ${near.join(', ')}`
  const best = suggest(word, known)
  return best.startsWith('did you mean') ? best : 'addonsmith rules lists the codes for charts, docs/diagnostics.md all codes'
}

function sections(code: Code, facts: CheckCode | undefined): readonly string[] {
  const { severity, title, why, fix } = catalogue[code]
  const about = facts === undefined ? [] : [aboutLines(facts).join('\n')]
  return [`${code} (${severity})\n${title}`, why, `What to do: ${fix}`, ...about, ...exampleOf(code)]
}

function aboutLines({ kinds, releases, sources }: CheckCode): readonly string[] {
  return [`About: ${kindNames(kinds)}`, `KubeBlocks: ${releaseSpan(releases)}`, ...sources.map((source) => `Rests on: ${source}`)]
}

/** The example in the page about the area of a code: everything from its first heading on, blocks indented instead of fenced. */
function exampleOf(code: Code): readonly string[] {
  const rows: string[] = []
  let here = false
  let fence: string | undefined
  for (const line of pageOf(areaOf(code)).split('\n')) {
    const ticks = /^`{3,}/.exec(line)?.[0]
    if (fence === undefined && line.startsWith('## ')) here = line === `## ${code}`
    else if (fence === undefined && ticks !== undefined) fence = ticks
    else if (line === fence) fence = undefined
    else if (!here) continue
    else if (fence !== undefined) rows.push(line === '' ? '' : `    ${line}`)
    else if (line.startsWith('### ')) rows.push('', `${line.slice('### '.length)}:`, '')
  }
  const [, ...example] = rows
  return example.length === 0 ? [] : [example.join('\n')]
}

/** The page about an area that was generated from the rules; empty when there is none. */
function pageOf(area: string): string {
  try {
    return readFileSync(packageFile('docs', 'rules', `${area}.md`), 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return ''
    throw error
  }
}
