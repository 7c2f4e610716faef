// `node bench/index.mjs`: merging one chart into a large index, lock and journal included, against `helm repo index --merge`. Ratios of one run.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const cli = join(root, 'dist/lib/cli.js')
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
const folder = mkdtempSync(join(tmpdir(), 'addonsmith-bench-index-'))
const meter = join(folder, 'meter.cjs')
writeFileSync(
  meter,
  "process.on('exit', () => require('node:fs').writeFileSync(process.env.METER_OUT, String(process.resourceUsage().maxRSS / 1024)))\n",
)

/** An index as JSON with an entry on each line, as addonsmith writes it: 200 charts, each with all that a real one says. */
function writeLarge(file, count) {
  const charts = new Map()
  for (let i = 0; i < count; i++) {
    const name = `chart-${String(i % 200).padStart(3, '0')}`
    const version = `1.${Math.floor((count - 1 - i) / 200)}.0`
    const entry = {
      annotations: { 'addonsmith.dev/kubeblocks': '1.0', category: 'Database' },
      apiVersion: 'v2',
      appVersion: '1.2.3',
      created: '2026-01-02T03:04:05Z',
      description: 'A chart of an engine for KubeBlocks that says something of the usual length',
      digest: i.toString(16).padStart(64, '0'),
      home: 'https://example.com/home',
      keywords: ['kubeblocks', 'database', 'engine'],
      kubeVersion: '>=1.21.0-0',
      maintainers: [{ name: 'Somebody', url: 'https://example.com' }],
      name,
      sources: ['https://example.com/source'],
      type: 'application',
      urls: [`${name}-${version}.tgz`],
      version,
    }
    charts.set(name, [...(charts.get(name) ?? []), JSON.stringify(entry)])
  }
  const lists = [...charts].map(([name, entries]) => `${JSON.stringify(name)}:[\n${entries.join(',\n')}\n]`)
  writeFileSync(file, `{"apiVersion":"v1","generated":"2026-01-02T03:04:05Z","entries":{\n${lists.join(',\n')}\n}}\n`)
}

function run(command, args, env = {}) {
  const start = performance.now()
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env } })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return performance.now() - start
}

/** Publishes one package into a repository with an index of this size: milliseconds and MiB. */
function ours(count, packages) {
  const repo = join(folder, `repo-${count}`)
  rmSync(repo, { recursive: true, force: true })
  mkdirSync(join(repo, '1.0'), { recursive: true })
  cpSync(join(folder, `${count}.json`), join(repo, '1.0/index.yaml'))
  const out = join(folder, 'rss')
  const time = run(process.execPath, [cli, 'publish', packages, '--to', repo, '--kubeblocks', '1.0'], {
    NODE_OPTIONS: `--require=${meter}`,
    METER_OUT: out,
  })
  if (!/"(one|first)-1\.0\.0\.tgz"/.test(readFileSync(join(repo, '1.0/index.yaml'), 'utf8'))) throw new Error('nothing was published')
  return { time, rss: Number(readFileSync(out, 'utf8')) }
}

/** `helm repo index` of the folder with the one package, merging the large index. */
function helms(helm, packages, index, ...flags) {
  const work = join(folder, 'helm')
  rmSync(work, { recursive: true, force: true })
  cpSync(packages, work, { recursive: true })
  return run(helm, ['repo', 'index', work, '--merge', index, ...flags])
}

try {
  const found = spawnSync(process.execPath, [cli, 'doctor'], { encoding: 'utf8' }).stdout
  const helm = /helm +\S+ at (.*) \(/.exec(found)?.[1]
  if (helm === undefined) throw new Error('no Helm on this machine')
  const packages = join(folder, 'packages')
  /** Publishing into an index that another program wrote, which is checked entry by entry, once. */
  const foreign = new Map()
  mkdirSync(join(folder, 'one/templates'), { recursive: true })
  mkdirSync(packages)
  writeFileSync(join(folder, 'one/Chart.yaml'), 'apiVersion: v2\nname: one\nversion: 1.0.0\ndescription: One chart.\n')
  run(helm, ['package', join(folder, 'one'), '--destination', packages])
  // Indexes that addonsmith wrote: what it finds is its own, checksum and all.
  const first = join(folder, 'first')
  mkdirSync(first)
  writeFileSync(join(folder, 'one/Chart.yaml'), 'apiVersion: v2\nname: first\nversion: 1.0.0\ndescription: One chart.\n')
  run(helm, ['package', join(folder, 'one'), '--destination', first])
  for (const count of [20_000, 100_000]) {
    writeLarge(join(folder, `${count}.json`), count)
    foreign.set(count, ours(count, first))
    cpSync(join(folder, `repo-${count}/1.0/index.yaml`), join(folder, `${count}.json`))
  }
  // The YAML index is the one that Helm itself makes of the other.
  helms(helm, packages, join(folder, '20000.json'))
  cpSync(join(folder, 'helm/index.yaml'), join(folder, '20000.yaml'))
  console.log(
    `${RUNS} runs each, in turn, medians; index of 20,000 entries: ${statSync(join(folder, '20000.json')).size} bytes as JSON, ${statSync(join(folder, '20000.yaml')).size} as YAML\n`,
  )
  ours(20_000, packages)
  const rows = Array.from({ length: RUNS }, () => ({
    ours: ours(20_000, packages),
    yaml: helms(helm, packages, join(folder, '20000.yaml')),
    json: helms(helm, packages, join(folder, '20000.json'), '--json'),
  }))
  const large = Array.from({ length: RUNS }, () => ours(100_000, packages))
  const row = (name, value, aim) => console.log(`${name.padEnd(58)} ${value.padStart(10)}   aim: ${aim}`)
  const own = median(rows.map((one) => one.ours.time))
  row('publish one chart into 20,000 entries', `${own.toFixed(0)} ms`, 'none of its own')
  row('helm repo index --merge, YAML / publish', `${median(rows.map((one) => one.yaml / one.ours.time)).toFixed(1)}`, 'at least 20')
  row('helm repo index --merge --json / publish', `${median(rows.map((one) => one.json / one.ours.time)).toFixed(1)}`, 'at least 12')
  row('memory of publish', `${median(rows.map((one) => one.ours.rss)).toFixed(0)} MiB`, 'under 150 MiB')
  for (const [count, { time, rss }] of foreign)
    row(`once, into ${count} entries that another program wrote`, `${time.toFixed(0)} ms`, `none (${rss.toFixed(0)} MiB)`)
  row('publish into 100,000 entries / 20,000', `${(median(large.map(({ time }) => time)) / own).toFixed(1)}`, 'at most 5 (linear)')
  row('memory of publish into 100,000 entries', `${median(large.map(({ rss }) => rss)).toFixed(0)} MiB`, 'none')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
