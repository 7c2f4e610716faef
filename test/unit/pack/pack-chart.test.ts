import { expect, test } from 'vitest'
import { createSink } from '../../../src/diagnostics/index.ts'
import type { Helm } from '../../../src/helm/index.ts'
import { type CompiledChart, packChart } from '../../../src/pipeline.ts'
import { createTree } from '../../../src/tree/index.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const OBJECT = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }

function small(): CompiledChart {
  const { chart } = compileInMemory(SMALL)
  if (chart === undefined) throw new Error('it does not compile')
  return { ...chart, objects: [OBJECT] }
}

/** A Helm that prints this, whatever it is given; what it was given is in `calls`. */
function helmThat(stdout: string, calls: string[][] = [], exitCode = 0): Helm {
  const run = async (args: readonly string[]) => {
    calls.push([...args])
    return { exitCode, stdout, stderr: exitCode === 0 ? '' : 'Error: chart.metadata is required' }
  }
  return { run } as unknown as Helm
}

const PRINTED = '---\n# Source: tiny/templates/x.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n'

async function packWith(chart: CompiledChart, helm: Helm | undefined) {
  const sink = createSink()
  const archive = await packChart(chart, undefined, helm, sink.report)
  return { archive, found: sink.all().map(({ code, message }) => `${code} ${message}`) }
}

test('Helm renders the archive itself, and once', async () => {
  const calls: string[][] = []
  const { archive, found } = await packWith(small(), helmThat(PRINTED, calls))
  expect(found).toEqual([])
  expect(archive?.name).toBe('tiny-1.0.0.tgz')
  expect(calls.map((args) => [args[0], args[2]?.endsWith('/tiny-1.0.0.tgz')])).toEqual([['template', true]])
})

test('an archive that Helm refuses, or that renders something else, is not packed', async () => {
  const other = await packWith(small(), helmThat(PRINTED.replace('name: x', 'name: other')))
  expect(other).toEqual({
    archive: undefined,
    found: ['package/archive In KubeBlocks 0.6 Helm renders the package tiny-1.0.0.tgz to other objects than the chart.'],
  })
  const refused = await packWith(small(), helmThat('', [], 1))
  expect(refused.archive).toBeUndefined()
  expect(refused.found).toEqual(['helm/template Helm says: chart.metadata is required.'])
})

test('an archive that our own reader would refuse is not packed', async () => {
  const chart = small()
  const [a, A] = ['files/scripts/start.sh', 'files/scripts/Start.sh'].map((path) => [path, { bytes: Buffer.from('x') }] as const)
  if (a === undefined || A === undefined) throw new Error('two files')
  const { archive, found } = await packWith({ ...chart, tree: createTree([...chart.tree, a, A]) }, undefined)
  expect(archive).toBeUndefined()
  expect(found[0]).toMatch(
    /^package\/archive In KubeBlocks 0.6 the package tiny-1.0.0.tgz would be refused: it holds "tiny\/files\/scripts\/start.sh" twice/,
  )
})

test('long names and times of all kinds come back as they were packed', async () => {
  const chart = small()
  const long = [`files/${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(60)}é.yaml`, { bytes: Buffer.from('x') }] as const
  const { archive, found } = await packWith({ ...chart, tree: createTree([...chart.tree, long]) }, undefined)
  expect(found).toEqual([])
  expect(archive?.sha256).toMatch(/^[0-9a-f]{64}$/)
})
