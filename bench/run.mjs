// `npm run bench`: speeds as ratios of one run, since machines differ and drift. Pairs are measured in turn; the median ratio is reported.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { benchCheck, benchHostile } from './check.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const cli = join(root, 'dist/lib/cli.js')
const RUNS = Number(process.env.BENCH_RUNS ?? 11)

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
const ms = (value) => `${value.toFixed(1)} ms`

const folder = mkdtempSync(join(tmpdir(), 'addonsmith-bench-'))
cpSync(join(root, 'addons'), join(folder, 'addons'), { recursive: true })

/** Wall time of one process, in milliseconds. */
function time([command, ...args]) {
  const start = performance.now()
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`)
  return performance.now() - start
}

/** Medians of two commands run in turn, and of their ratios pair by pair. */
function pair(a, b) {
  time(a)
  time(b)
  const pairs = Array.from({ length: RUNS }, () => [time(a), time(b)])
  return { a: median(pairs.map(([x]) => x)), b: median(pairs.map(([, y]) => y)), ratio: median(pairs.map(([x, y]) => x / y)) }
}

function report(name, { a, b, ratio }, aim = '') {
  console.log(`${name.padEnd(52)} ${ratio.toFixed(2).padStart(6)}   (${ms(a)} / ${ms(b)})${aim === '' ? '' : `   aim: ${aim}`}`)
}

function findHelm() {
  const { stdout } = spawnSync(process.execPath, [cli, 'doctor'], { encoding: 'utf8' })
  return /helm +\S+ at (.*) \(/.exec(stdout)?.[1]
}

const build = [process.execPath, cli, 'build', 'qdrant', '--kubeblocks', '0.6', '--no-helm']
const nothing = [process.execPath, '-e', '0']
console.log(`node ${process.versions.node}, ${RUNS} pairs each, medians\n`)
try {
  report('build qdrant --no-helm / node -e 0', pair(build, nothing), 'at most 2.5')
  const helm = findHelm()
  if (helm === undefined) console.log('no Helm on this machine: the comparisons with Helm are left out')
  else {
    report('build qdrant --no-helm / helm version', pair(build, [helm, 'version']))
    report(
      'build qdrant with Helm / helm template',
      pair(
        [process.execPath, cli, 'build', 'qdrant', '--kubeblocks', '0.6', '--helm', helm],
        [helm, 'template', join(folder, 'dist/charts/0.6/qdrant')],
      ),
    )
    report(
      'package qdrant --no-helm / helm package',
      pair(
        [process.execPath, cli, 'package', 'qdrant', '--kubeblocks', '0.6', '--no-helm'],
        [helm, 'package', join(folder, 'dist/charts/0.6/qdrant'), '--destination', join(folder, 'packages')],
      ),
      'at most 2',
    )
    await benchCheck({ root, cli, helm, folder, runs: RUNS })
    await benchHostile({ cli, helm })
  }
  await warmBuild()
  modelLoad()
  await modelCheck(helm)
  await moduleCost()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Builds in a process that has built before: descriptor to files in memory, for one release and for all. */
async function warmBuild() {
  const { compile, generate, releases, createSink } = await import(pathToFileURL(join(root, 'dist/lib/index.js')).href)
  const { report: found } = createSink()
  const context = { report: found, cwd: folder, env: process.env, display: (path) => path, library: '' }
  const build = async (chosen) => {
    const start = performance.now()
    const addon = await compile(join(folder, 'addons/qdrant'), context)
    for (const release of chosen) if (addon !== undefined) generate(addon, release, found)
    return performance.now() - start
  }
  const one = releases.filter(({ version }) => version === '0.6')
  const times = []
  for (let i = 0; i < 60; i++) times.push([await build(one), await build(releases)])
  const warm = times.slice(30)
  console.log(`${'build in a warm process'.padEnd(52)} ${ms(median(warm.map(([single]) => single)))}   aim: under 15 ms`)
  const ratio = median(warm.map(([single, all]) => all / single))
  console.log(`${`build for ${releases.length} releases / for one, warm`.padEnd(52)} ${ratio.toFixed(2).padStart(6)}   aim: at most 5`)
}

/** Opening the API of a release and the schemas of all its kinds, each time in a process of its own that has the library loaded. */
function modelLoad() {
  const script = `
    const { loadApi, modelReader } = await import(${JSON.stringify(pathToFileURL(join(root, 'dist/lib/index.js')).href)})
    const start = performance.now()
    const api = await loadApi('1.1', { read: modelReader(${JSON.stringify(join(root, 'schemas/kubeblocks'))}) })
    for (const kind of api.kinds) api.schemaOf(api.apiVersionOf(kind), kind)
    console.log(performance.now() - start)`
  const times = Array.from({ length: RUNS }, () =>
    Number(spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout),
  )
  console.log(`${'API model of a release, cold'.padEnd(52)} ${ms(median(times))}   aim: under 15 ms`)
}

/** Checking what the Qdrant chart renders against the API of its release, rules included, in a process that has done so before. */
async function modelCheck(helm) {
  if (helm === undefined) return
  const { loadApi, loadRules, modelReader } = await import(pathToFileURL(join(root, 'dist/lib/index.js')).href)
  const { stdout } = spawnSync(helm, ['template', 'q', join(folder, 'dist/charts/0.6/qdrant')], { encoding: 'utf8' })
  const api = await loadApi('0.6', { read: modelReader(join(root, 'schemas/kubeblocks')) })
  const objects = parseAllDocuments(stdout, { version: '1.1', merge: true })
    .map((document) => document.toJS())
    .filter((object) => object !== null && api.covers(object.apiVersion))
  const rules = await loadRules()
  const times = Array.from({ length: 60 }, () => {
    const start = performance.now()
    for (const object of objects) if (api.check(object, { rules }).length > 0) throw new Error(`${object.kind} is not valid`)
    return performance.now() - start
  })
  console.log(`${`check ${objects.length} objects of qdrant against the API, warm`.padEnd(52)} ${ms(median(times.slice(30)))}   aim: under 10 ms`)
}

/** The modules that a build loads, by size, and what loading each costs in a process of its own. */
async function moduleCost() {
  const loaded = new Set()
  const visit = (file) => {
    if (loaded.has(file)) return
    loaded.add(file)
    const text = readFileSync(join(root, 'dist/lib', file), 'utf8')
    for (const [, path] of text.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) visit(join(file, '..', path))
  }
  visit('cli.js')
  const chunks = readdirSync(join(root, 'dist/lib/chunks'))
  for (const name of ['main', 'build', 'yaml']) {
    const chunk = chunks.find((file) => file.startsWith(`${name}-`))
    if (chunk !== undefined) visit(join('chunks', chunk))
  }
  console.log('\nmodules a build loads:      size      loading (less node -e 0)')
  const empty = median(Array.from({ length: 5 }, () => time(nothing)))
  for (const file of [...loaded].sort()) {
    const path = join(root, 'dist/lib', file)
    if (file === 'cli.js') continue
    const cost = median(
      Array.from({ length: 5 }, () =>
        time([process.execPath, '--input-type=module', '-e', `await import(${JSON.stringify(pathToFileURL(path).href)})`]),
      ),
    )
    console.log(`  ${file.padEnd(28)} ${String(statSync(path).size).padStart(7)} B ${ms(cost - empty).padStart(9)}`)
  }
}
