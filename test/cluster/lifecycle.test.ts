import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, textAt } from '../../src/objects/index.ts'
import { frozenPart, operatorRelease } from '../../src/operator/index.ts'
import { ADDONS } from '../support/compile-addon.ts'
import { TESTED_HELMS } from '../support/helm.ts'
import { chartsOf, nextVersion, writeChart } from './charts.ts'
import { CAN_TEST, type Cluster, openCluster } from './cluster.ts'
import { documentsOf, missing, nameOf } from './documents.ts'
import { helmAt } from './helm.ts'

/** One release of each era: ClusterDefinitions, the first ComponentDefinitions, and those of today. */
const RELEASES = ['0.6', '0.9', '1.1'] as const
const NEXT = '0.1.1'

const isKept = (object: unknown) => textAt(object, 'metadata', 'annotations', 'helm.sh/resource-policy') === 'keep'

describe.skipIf(!CAN_TEST).each(RELEASES)('an API server with KubeBlocks %s', (release) => {
  describe.each(TESTED_HELMS)('and Helm %i', (major) => {
    let cluster: Cluster
    let folder: string

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'addonsmith-charts-'))
      cluster = await openCluster(release)
    })

    afterAll(async () => {
      await cluster?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    describe.each([
      ['qdrant', 'addon'],
      ['qdrant', 'cluster'],
      ['everything', 'addon'],
      ['everything', 'cluster'],
    ] as const)('the chart of %s, %s', (name, which) => {
      const namespace = `t-${release.replaceAll('.', '')}-${major}-${name}-${which}`
      const installed = which === 'addon' ? 'definitions' : 'my-cluster'
      /** Folders of the chart and of its next version. */
      let chart: string
      let next: string

      const helm = (...args: readonly string[]): string => {
        const { stdout, stderr, exitCode } = helmAt(major, cluster.kubeconfig, folder, [...args, '--namespace', namespace])
        if (exitCode !== 0) throw new Error(`helm ${args.join(' ')}: ${stderr}`)
        return stdout
      }
      const rendered = (path: string) => helm('template', installed, path, '--no-hooks', '--kube-version', cluster.kubernetes)
      const objectsOf = (path: string) => documentsOf(rendered(path)).map(({ object }) => object)
      const live = async (object: unknown) => (await cluster.api.request('GET', (await cluster.api.pathOf(object, namespace)).one)).body
      /** What a server has of objects, by their names. */
      const liveOf = async (objects: readonly unknown[]) =>
        new Map(await Promise.all(objects.map(async (object) => [nameOf(object), await live(object)] as const)))
      /** Every object is there as it was rendered: nothing was dropped, nothing changed. */
      const expectThere = async (objects: readonly unknown[]) => {
        for (const object of objects) expect(missing(object, await live(object)), nameOf(object)).toEqual([])
      }
      /** Nothing of an object was changed, and it is the same one. */
      const expectSame = (objects: ReadonlyMap<string, unknown>, was: ReadonlyMap<string, unknown>) => {
        const states = (all: ReadonlyMap<string, unknown>) =>
          [...all].map(([name, object]) => [name, at(object, 'metadata', 'uid'), at(object, 'metadata', 'generation'), at(object, 'data')])
        expect(states(objects)).toEqual(states(was))
      }
      const manifest = () => helm('get', 'manifest', installed)
      /** What the operator writes into its objects: annotations, as their manager. */
      const touch = async (objects: readonly unknown[]) => {
        for (const object of objects) {
          if (textAt(object, 'apiVersion')?.includes('kubeblocks.io') !== true) continue
          const path = `${(await cluster.api.pathOf(object, namespace)).one}?fieldManager=manager`
          const text = JSON.stringify({ metadata: { annotations: { 'apps.kubeblocks.io/immutable-hash': 'abc' } } })
          expect((await cluster.api.request('PATCH', path, { type: 'application/merge-patch+json', text })).status, nameOf(object)).toBe(200)
        }
      }

      beforeAll(async () => {
        await cluster.addNamespace(namespace)
        const source = ADDONS.find(([one]) => one === name)?.[1] ?? ''
        chart = writeChart((await chartsOf(source, release))[which], folder)
        next = writeChart((await chartsOf(nextVersion(name, folder, NEXT), release))[which], folder)
      })

      test('is installed as it was rendered', async () => {
        helm('install', installed, chart)
        expect(manifest().trim()).toBe(rendered(chart).trim())
        await expectThere(objectsOf(chart))
      })

      test('is upgraded, and what is kept stays as it was', async () => {
        const before = objectsOf(chart)
        const after = objectsOf(next)
        const names = new Set(after.map(nameOf))
        await touch(before)
        const kept = before.filter((object) => isKept(object) && !names.has(nameOf(object)))
        const was = await liveOf(kept)
        helm('upgrade', installed, next)
        expect(manifest().trim()).toBe(rendered(next).trim())
        await expectThere(after)
        expect(await liveOf(kept)).toEqual(was)
        const gone = before.filter((object) => !isKept(object) && !names.has(nameOf(object)))
        for (const object of gone) expect(at(await live(object), 'code'), nameOf(object)).toBe(404)
        // A frozen object that both versions have is one object.
        for (const object of before.filter((one) => names.has(nameOf(one)) && frozenPart(operatorRelease(release), one) !== undefined))
          expect(missing(frozenPart(operatorRelease(release), object), at(await live(object), 'spec')), nameOf(object)).toEqual([])
      })

      test('is taken back to the version before, and what is kept stays as it was', async () => {
        const kept = [...objectsOf(chart), ...objectsOf(next)].filter(isKept)
        const was = await liveOf(kept)
        helm('upgrade', installed, chart)
        expect(manifest().trim()).toBe(rendered(chart).trim())
        await expectThere(objectsOf(chart))
        expectSame(await liveOf(kept), was)
      })

      test('is rolled back, which Helm refuses where an upgrade kept something, and what is kept stays as it was', async () => {
        const [now, then] = [objectsOf(chart), objectsOf(next)]
        const names = new Set(now.map(nameOf))
        const was = await liveOf([...now, ...then].filter(isKept))
        if (then.some((object) => isKept(object) && !names.has(nameOf(object)))) {
          // Helm 3 and 4 take no object into a release by a rollback (helm/helm#8228); README.md of the chart says to upgrade to the older chart.
          expect(() => helm('rollback', installed, '2')).toThrow(/no \S+ with the name "\S+" found|original object \S+ with the name "\S+" not found/)
          await expectThere(now)
        } else {
          helm('rollback', installed, '2')
          expect(manifest().trim()).toBe(rendered(next).trim())
          await expectThere(then)
        }
        expectSame(await liveOf([...now, ...then].filter(isKept)), was)
      })

      test('is uninstalled, down to what is kept', async () => {
        helm('uninstall', installed)
        const objects = [...objectsOf(chart), ...objectsOf(next)]
        for (const [name, object] of await liveOf(objects.filter(isKept))) expect(at(object, 'metadata', 'uid'), name).toBeTypeOf('string')
        for (const object of objects.filter((one) => !isKept(one))) expect(at(await live(object), 'code'), nameOf(object)).toBe(404)
      })

      test('is installed again over what was kept', async () => {
        helm('install', installed, chart)
        await expectThere(objectsOf(chart))
        helm('uninstall', installed)
      })
    })
  })
})
