// `npm test`: types, lint, freshness of generated files, and all tests. The last line is `N passed, N failed, N skipped`.
// `--fuzz` runs the property tests with a free seed and more runs.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = (name) => join(root, 'node_modules', ...name.split('/'))
const node = (args, env = {}) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0

if (process.argv.includes('--fuzz')) {
  const seed = process.env.FUZZ_SEED ?? String(Math.floor(Math.random() * 2 ** 31))
  console.log(`seed ${seed}`)
  process.exit(node([bin('vitest/vitest.mjs'), 'run', 'test/property'], { FUZZ_SEED: seed, FUZZ_RUNS: process.env.FUZZ_RUNS ?? '2000' }) ? 0 : 1)
}

const checks = {
  types: [bin('typescript/bin/tsc'), '--noEmit'],
  'types of tests': [bin('typescript/bin/tsc'), '--noEmit', '-p', 'test'],
  lint: [bin('@biomejs/biome/bin/biome'), 'check', '.'],
  unused: [bin('knip/bin/knip.js')],
  generated: [join(root, 'src/dev/generate.mjs'), '--check'],
}
let passed = 0
let failed = 0
let skipped = 0
for (const [name, args] of Object.entries(checks)) {
  const ok = node(args)
  console.log(`${ok ? 'ok' : 'FAILED'} ${name}`)
  if (ok) passed++
  else failed++
}

const folder = mkdtempSync(join(tmpdir(), 'addonsmith-results-'))
const results = join(folder, 'results.json')
const clean = node([bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`])
if (existsSync(results)) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(results, 'utf8'))
  passed += numPassedTests
  failed += numFailedTests
  skipped = numPendingTests
  for (const file of testResults) {
    for (const test of file.assertionResults) if (test.status === 'skipped' || test.status === 'pending') console.log(`skipped: ${test.fullName}`)
  }
}
if (!clean && failed === 0) failed++
rmSync(folder, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1
