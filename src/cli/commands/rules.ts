import { suggest, UsageFault } from '../../diagnostics/index.ts'
import { type CheckCode, checkCodes, releaseSpan } from '../codes.ts'
import { jsonText, markdownText } from '../reporters/escape.ts'

export interface RulesOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly area?: string
  readonly kind?: string
}

const WRITERS: Readonly<Record<RulesOptions['format'], (codes: readonly CheckCode[]) => string>> = { text, json, markdown }

/** `addonsmith rules`: the codes that `check` gives for charts. */
export function rules({ format, area, kind }: RulesOptions): number {
  const all = checkCodes()
  if (area !== undefined) assertKnown('--area', area, [...new Set(all.map((one) => one.area))])
  if (kind !== undefined) assertKnown('--kind', kind, [...new Set(all.flatMap(({ kinds }) => (kinds === 'all' ? [] : kinds)))].sort())
  const chosen = all.filter(
    (one) => (area === undefined || one.area === area) && (kind === undefined || one.kinds === 'all' || one.kinds.includes(kind)),
  )
  process.stdout.write(WRITERS[format](chosen))
  return 0
}

function assertKnown(option: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new UsageFault(`${option} ${value}: no rule has it.`, { fix: suggest(value, known) })
}

function text(codes: readonly CheckCode[]): string {
  const rows = codes.map(({ code, severity, releases, title }) => [code, severity, releaseSpan(releases), title])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('')
}

function json(codes: readonly CheckCode[]): string {
  const rows = codes.map(({ code, severity, title, why, fix, kinds, releases, sources }) => {
    return { code, severity, title, why, fix, kinds, kubeblocks: releases, sources }
  })
  return jsonText({ version: 1, rules: rows })
}

function markdown(codes: readonly CheckCode[]): string {
  const rows = codes.map(({ code, severity, releases, title }) => `| \`${code}\` | ${severity} | ${releaseSpan(releases)} | ${markdownText(title)} |`)
  return `${['| code | severity | KubeBlocks | what |', '|---|---|---|---|', ...rows].join('\n')}\n`
}
