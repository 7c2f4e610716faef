import { expect, test } from 'vitest'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { HELMS } from '../support/helm.ts'
import { at } from '../support/rendered-addons.ts'
import { needHelm, template } from '../support/scratch-chart.ts'
import { SMALL } from '../support/small-addon.ts'

/** What Kubernetes takes as the value of a label. */
const LABEL = /^(?=.{0,63}$)([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/

test.for(HELMS)('versions with build metadata give labels and names that Kubernetes takes, Helm %i', (major, context) => {
  needHelm(context, major)
  const { chart, diagnostics } = compileInMemory({
    ...SMALL,
    version: '1.0.0-rc.1+build.5',
    versions: [{ version: '2.0.0+sha.0a1b2c', images: { tiny: '2.0.0' } }],
  })
  if (chart === undefined) throw new Error(JSON.stringify(diagnostics))
  const objects = template(major, chartOnDisk(chart))
  expect(objects.length).toBeGreaterThan(1)
  for (const object of objects) {
    expect(at(object, 'metadata', 'name')).toMatch(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
    for (const [key, value] of Object.entries(Object(at(object, 'metadata', 'labels')) as object)) expect(value, key).toMatch(LABEL)
  }
})
