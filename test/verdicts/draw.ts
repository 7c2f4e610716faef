/**
 * Draws findings of severity error from published charts, by hash and not by hand, to be judged:
 *
 *     npx jiti test/verdicts/draw.ts CORPUS SEED [COUNT]
 *
 * CORPUS has a folder `<release>/addons` with charts for each release drawn from. Prints the findings that `verdicts.json` does not judge yet as JSON.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A finding, by what stays when lines move. */
export interface Drawn {
  readonly kubeblocks: string
  readonly chart: string
  readonly file: string
  readonly line: number
  readonly code: string
  readonly message: string
}

/** The releases findings are drawn from. */
export const RELEASES: readonly string[] = ['0.6', '0.8', '1.0']

interface Found {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly place?: { readonly file: string; readonly line: number }
}

/** All errors that `check` finds in the charts of a corpus for one release. */
export function errorsIn(corpus: string, kubeblocks: string): readonly Drawn[] {
  const args = [join(ROOT, 'dist/lib/cli.js'), 'check', 'addons', '--kubeblocks', kubeblocks, '--no-lint', '--format', 'json']
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: join(corpus, kubeblocks), encoding: 'utf8', maxBuffer: 1e9 })
  if (stdout === '') throw new Error(stderr)
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Found[] }
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, place }) => ({
      kubeblocks,
      chart: place?.file.split('/').slice(0, 2).join('/') ?? '',
      file: place?.file ?? '',
      line: place?.line ?? 0,
      code,
      message,
    }))
}

/** What tells a finding from others. */
export function keyOf({ kubeblocks, file, code, message }: Omit<Drawn, 'line' | 'chart'>): string {
  return [kubeblocks, file, code, message].join('\n')
}

/** The first of them by the hash of a seed and the finding: the same on every machine. */
export function draw(findings: readonly Drawn[], seed: string, count: number): readonly Drawn[] {
  const rank = (finding: Drawn) =>
    createHash('sha256')
      .update(`${seed}\n${keyOf(finding)}`)
      .digest('hex')
  const ranked = new Map(findings.map((finding) => [rank(finding), finding]))
  return [...ranked]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, finding]) => finding)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [corpus = '', seed = '1', count = '60'] = process.argv.slice(2)
  const releases = RELEASES.filter((release) => existsSync(join(corpus, release, 'addons')))
  const drawn = draw(
    releases.flatMap((release) => errorsIn(corpus, release)),
    seed,
    Number(count),
  )
  const file = join(ROOT, 'test/verdicts/verdicts.json')
  const judged = new Set(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Drawn[]).map(keyOf) : [])
  process.stdout.write(
    `${JSON.stringify(
      drawn.filter((finding) => !judged.has(keyOf(finding))),
      null,
      2,
    )}\n`,
  )
}
