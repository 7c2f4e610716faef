import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { convert, type ReleaseCrds, readCrd } from '../../../src/apimodel/convert/index.ts'
import { deriveCrdSchema } from '../../../src/apimodel/derive-crd.ts'
import { loadApi, releasesOf } from '../../../src/apimodel/index.ts'
import { openModel } from '../../../src/apimodel/model.ts'
import { createResolver } from '../../../src/apimodel/schema.ts'
import { CRDS, readModel, sharedCrds } from '../../support/api-model.ts'
import { ROOT } from '../../support/workspace.ts'

type Schema = { readonly [keyword: string]: unknown }

/** A schema without what the model leaves out on purpose: sentences. Written apart from the converter, so that both can be wrong only in different ways. */
function withoutSentences(schema: Schema): Schema {
  const rest: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'description') continue
    if (key === 'properties')
      rest[key] = Object.fromEntries(Object.entries(value as Schema).map(([name, field]) => [name, withoutSentences(field as Schema)]))
    else if (key === 'items' || key === 'additionalProperties') rest[key] = withoutSentences(value as Schema)
    else if (key === 'x-kubernetes-validations') rest[key] = (value as Schema[]).map(({ message: _, ...rule }) => rule)
    else rest[key] = value
  }
  return rest
}

describe.skipIf(!existsSync(CRDS))('against the shared CRDs (skipped without the shared folder)', () => {
  const releases = releasesOf(readModel)

  test('the model is what the converter makes of them, byte for byte', () => {
    const input: ReleaseCrds[] = releases.map((release) => ({
      release,
      crds: sharedCrds(release).map((object) => {
        const read = readCrd(object)
        if (!('crd' in read)) throw new Error(JSON.stringify(read.problems))
        return read.crd
      }),
    }))
    const files = convert(input)
    expect(readdirSync(join(ROOT, 'schemas/kubeblocks')).sort()).toEqual([...files.keys()])
    for (const [name, text] of files) expect(readFileSync(join(ROOT, 'schemas/kubeblocks', name), 'utf8') === text, name).toBe(true)
  })

  test.each(releases)('%s: every kind equals its CRD, field by field', async (release) => {
    const api = await loadApi(release, { read: readModel })
    const model = openModel(readModel)
    const crds = sharedCrds(release)
    expect([...api.kinds].sort()).toEqual(crds.map(({ spec }) => spec.names.kind).sort())
    for (const { spec } of crds) {
      const { kind, plural } = spec.names
      const stored = spec.versions.find(({ storage }) => storage)
      expect(api.apiVersionOf(kind)).toBe(`${spec.group}/${stored?.name}`)
      expect(api.factsOf(kind)).toEqual({
        scope: spec.scope,
        plural,
        served: spec.versions.filter(({ storage, served }) => served && !storage).map(({ name }) => `${spec.group}/${name}`),
      })
      const facts = model.kind(kind)
      const schema = createResolver(facts, model.ranges, releases.indexOf(release))(facts.schema)
      expect(schema && deriveCrdSchema(schema), kind).toEqual(withoutSentences(stored?.schema.openAPIV3Schema ?? {}))
    }
  })
})
