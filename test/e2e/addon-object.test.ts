import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { listAt, textAt } from '../../src/objects/index.ts'
import { releases } from '../../src/targets/index.ts'
import { copyQdrant } from '../support/compile-qdrant.ts'
import { createWorkspace, ROOT } from '../support/workspace.ts'

const ARGS = ['package', '--no-helm', '--repository', 'https://charts.example.com', '--format', 'json']

test('the report lists an Addon for each release, a second run changes none, and another URL changes all', () => {
  const workspace = createWorkspace()
  copyQdrant(workspace.path)
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(join(ROOT, 'schemas/report.v1.schema.json'), 'utf8')) as object)
  const run = (args: readonly string[]) => {
    const { stdout, stderr, exitCode } = workspace.run(args)
    expect(exitCode, stderr).toBe(0)
    const report: unknown = JSON.parse(stdout)
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
    return listAt(report, 'results').filter((result) => textAt(result, 'location') !== undefined)
  }
  const first = run(ARGS)
  expect(first).toEqual(
    releases.map(({ version }) => ({
      subject: 'qdrant',
      kubeblocks: version,
      version: '0.1.0',
      state: 'written',
      path: `dist/packages/${version}/addons/qdrant/0.1.0.yaml`,
      location: `https://charts.example.com/${version}/qdrant-0.1.0.tgz`,
    })),
  )
  const texts = () => first.map((result) => readFileSync(join(workspace.path, textAt(result, 'path') ?? ''), 'utf8'))
  const before = texts()
  expect(run(ARGS).map((result) => textAt(result, 'state'))).toEqual(first.map(() => 'unchanged'))
  expect(texts()).toEqual(before)
  const others = run(ARGS.map((argument) => argument.replace('charts.example.com', 'other.example.com')))
  expect(others.map((result) => textAt(result, 'state'))).toEqual(first.map(() => 'written'))
  expect(texts()).toEqual(before.map((text) => text.replace('charts.example.com', 'other.example.com')))
})
