import { describe, expect, test } from 'vitest'
import { loadApi, loadRules } from '../../src/apimodel/index.ts'
import { objectRules } from '../../src/check/rules/index.ts'
import { at } from '../../src/objects/index.ts'
import { applyRules, operatorRelease } from '../../src/operator/index.ts'
import { readModel } from '../support/api-model.ts'
import { ADDONS, compileAddon, RELEASES } from '../support/compile-addon.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { renderedObjects, runHelm, TESTED_HELMS } from '../support/helm.ts'

/** Warnings that say what stays unsafe in a generation; everything else that is no info is a finding. */
const UNSAFE = [
  'target/unsafe-member-leave',
  'target/restore-lost',
  'target/backup-method-lost',
  'target/roles-lost',
  'target/volume-protection-lost',
]

const rules = await loadRules()

describe.each(ADDONS)('%s', (_, folder) => {
  test.each(RELEASES)('for KubeBlocks %s has no finding', async (version) => {
    const { chart, diagnostics } = await compileAddon(folder, version)
    expect(diagnostics.filter(({ severity, code }) => severity !== 'info' && !UNSAFE.includes(code))).toEqual([])
    expect(chart).toBeDefined()
  })

  describe.each(TESTED_HELMS)('rendered by Helm %i', (major) => {
    test.each(RELEASES)('is what KubeBlocks %s takes', async (version) => {
      const { chart } = await compileAddon(folder, version)
      if (chart === undefined) throw new Error('there is no chart')
      const objects = renderedObjects(runHelm(major, ['template', 'r', chartOnDisk(chart), '--namespace', 'kb-system']))
      const api = await loadApi(version, { read: readModel })
      const own = objects.filter((object) => api.covers(String(at(object, 'apiVersion'))))
      expect(own.flatMap((object) => api.check(object, { rules }))).toEqual([])
      expect(applyRules(objectRules, operatorRelease(version), objects)).toEqual([])
    })
  })
})
