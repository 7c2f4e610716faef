// `check` against what Helm alone takes, and what hostile charts cost. Ratios of one run.
import { execFile, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { importSource } from '../src/dev/import-source.mjs'

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** Charts of addonsmith's own for the many: every addon there is, for every release, as far as the number goes. */
function manyCharts(root, cli, folder, count) {
  const addons = ['addons', 'test/fixtures/addons'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
  const out = join(folder, 'all')
  spawnSync(process.execPath, [cli, 'build', ...addons, '--no-helm', '--out', out], { cwd: root, encoding: 'utf8' })
  const all = readdirSync(out).flatMap((release) => readdirSync(join(out, release)).map((name) => [join(out, release, name), `${name}-${release}`]))
  const many = join(folder, 'many')
  for (const [path, name] of all.slice(0, count)) cpSync(path, join(many, name), { recursive: true })
  return many
}

/** Wall time of one command, which may find something. */
function time(command, args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0 && status !== 1) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return performance.now() - start
}

/** `helm template` of every chart, two at a time. */
async function templateAll(helm, charts) {
  const start = performance.now()
  const left = [...charts]
  const worker = async () => {
    for (let chart = left.pop(); chart !== undefined; chart = left.pop())
      await new Promise((resolve) => execFile(helm, ['template', 'x', chart], { maxBuffer: 1e9 }, resolve))
  }
  await Promise.all([worker(), worker()])
  return performance.now() - start
}

export async function benchCheck({ root, cli, helm, folder, runs }) {
  const row = (name, ratio, a, b, aim) =>
    console.log(`${name.padEnd(52)} ${ratio.toFixed(2).padStart(6)}   (${a.toFixed(0)} ms / ${b.toFixed(0)} ms)   aim: ${aim}`)
  const check = [cli, 'check', '--no-lint', '--helm', helm]
  const chart = join(folder, 'dist/charts/0.6/qdrant')
  const one = Array.from({ length: runs }, () => [
    time(process.execPath, [...check, chart]),
    time(process.execPath, ['-e', '0']) + time(helm, ['template', 'x', chart]),
  ])
  row('check qdrant / (node -e 0 + helm template)', median(one.map(([a, b]) => a / b)), ...medians(one), 'at most 2')
  const many = process.env.ADDONSMITH_CORPUS ?? manyCharts(root, cli, folder, 43)
  const charts = readdirSync(many)
    .map((name) => join(many, name))
    .filter((path) => existsSync(join(path, 'Chart.yaml')))
  const all = []
  for (let i = 0; i < 3; i++) all.push([time(process.execPath, [...check, many]), await templateAll(helm, charts)])
  row(`check ${charts.length} charts / helm template of each`, median(all.map(([a, b]) => a / b)), ...medians(all), 'at most 2')
}

function medians(pairs) {
  return [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))]
}

/** Time and memory of our process for each hostile chart, one at a time. What Helm takes is not ours, and ends by its limit. */
export async function benchHostile({ cli, helm }) {
  const { HOSTILE_CHARTS } = await importSource('test/support/hostile-charts.ts')
  const { HOSTILE_ARCHIVES } = await importSource('test/support/hostile-archives.ts')
  const folder = mkdtempSync(join(tmpdir(), 'addonsmith-hostile-'))
  const meter = join(folder, 'meter.cjs')
  writeFileSync(
    meter,
    "process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); require('node:fs').writeFileSync(process.env.METER_OUT, JSON.stringify({ rss: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 })) })\n",
  )
  const measure = (path) => {
    const out = join(folder, 'meter.json')
    const start = performance.now()
    const { status } = spawnSync(process.execPath, ['--require', meter, cli, 'check', path, '--helm', helm], {
      encoding: 'utf8',
      env: { ...process.env, METER_OUT: out },
    })
    const seconds = (performance.now() - start) / 1000
    const used = JSON.parse(readFileSync(out, 'utf8'))
    rmSync(out)
    return { status, seconds, ...used }
  }
  const subjects = [
    ...HOSTILE_CHARTS.map(({ name, endsHelm = false, write }, index) => {
      const path = join(folder, `chart-${index}`)
      mkdirSync(path)
      write(path)
      return { name, endsHelm, path }
    }),
    ...Object.entries(HOSTILE_ARCHIVES).map(([name, bytes], index) => {
      const path = join(folder, `archive-${index}.tgz`)
      writeFileSync(path, bytes)
      return { name: `archive: ${name}`, endsHelm: false, path }
    }),
  ]
  try {
    const measured = subjects.map((subject) => ({ ...subject, ...measure(subject.path) }))
    const bad = measured.filter(({ status, seconds, cpu, rss, endsHelm }) => ![0, 1].includes(status) || rss > 512 || (endsHelm ? cpu : seconds) > 5)
    const worst = (key) => [...measured].filter(({ endsHelm }) => key === 'rss' || !endsHelm).sort((a, b) => b[key] - a[key])[0]
    console.log(`\n${measured.length} hostile charts and archives, one at a time: ${bad.length} beyond 5 s or 512 MiB (aim: none)`)
    console.log(`  slowest: ${worst('seconds').seconds.toFixed(2)} s, ${worst('seconds').name}`)
    console.log(`  largest: ${worst('rss').rss.toFixed(0)} MiB, ${worst('rss').name}`)
    for (const { name, status, seconds, cpu, rss } of bad)
      console.log(`  BEYOND: ${name}: exit ${status}, ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of our own, ${rss.toFixed(0)} MiB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
