import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type BackupJob, buildPods, type JobsOrProblem, lifecycleCall, operatorRelease, restoreJobs, saveJobs } from '../../src/operator/index.ts'
import { RELEASES } from '../support/compile-addon.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { chartOnDisk } from '../support/compile-qdrant.ts'
import { helmPath, renderedObjects, runHelm } from '../support/helm.ts'
import { at } from '../support/rendered-addons.ts'
import { SMALL } from '../support/small-addon.ts'
import { ROOT } from '../support/workspace.ts'

const page = readFileSync(join(ROOT, 'docs/scripts.md'), 'utf8')
const [, passwordLine = ''] = /```sh\n(password=.*)\n```/.exec(page) ?? []

const ADDON = {
  ...SMALL,
  images: { ...SMALL.images, tools: { repository: 'example/tools', tag: '1.0.0' } },
  components: {
    tiny: {
      services: { default: { ports: ['client'] } },
      accounts: { root: { initial: true } },
      volumes: { data: { claim: true, size: '1Gi' } },
      containers: {
        tiny: {
          image: 'tiny',
          ports: { client: 1234 },
          mounts: { data: '/data' },
          env: { ROOT_PASSWORD: { account: 'root', field: 'password' } },
        },
      },
      lifecycle: { memberJoin: { exec: ['join'] }, memberLeave: { exec: ['leave'] } },
    },
  },
  backup: {
    component: 'tiny',
    methods: { dump: { type: 'full', image: 'tools', backup: { script: 'dump.sh' }, restore: { script: 'load.sh', phase: 'ready' } } },
  },
}

function jobsOf(made: JobsOrProblem): readonly BackupJob[] {
  if ('problem' in made) throw new Error(made.problem)
  return made.jobs
}

/** What the line of the page makes of the environment of a job. */
function passwordIn(job: BackupJob | undefined): string {
  const env = Object.fromEntries(job?.environment.variables ?? [])
  return spawnSync('/bin/sh', ['-c', `${passwordLine}\nprintf %s "$password"`], { env, encoding: 'utf8' }).stdout
}

describe('what docs/scripts.md says of KubeBlocks', () => {
  test.for(RELEASES)('%s', (version, ctx) => {
    const major = helmPath(4) === '' ? 3 : 4
    ctx.skip(helmPath(major) === '', 'no Helm')
    const { chart, diagnostics } = compileInMemory(ADDON, { 'dump.sh': ':\n', 'load.sh': ':\n' }, version)
    if (chart === undefined) throw new Error(JSON.stringify(diagnostics))
    const objects = renderedObjects(runHelm(major, ['template', 'r', chartOnDisk(chart), '--namespace', 'kb-system']))
    const named = (kind: string) => objects.find((object) => at(object, 'kind') === kind)
    const definition = String(
      at(named('ClusterDefinition'), 'spec', 'componentDefs', 0, 'name') ?? at(named('ComponentDefinition'), 'metadata', 'name'),
    )
    const secret = { username: 'root', password: 'pass' }
    const pods = buildPods(
      operatorRelease(version),
      objects,
      {
        name: 'c',
        namespace: 'ns',
        uid: 'u',
        components: [{ name: 'tiny', definition, replicas: 1 }],
        secrets: { 'c-conn-credential': secret, 'c-tiny-account-root': secret },
      },
      'tiny',
    )
    if ('problem' in pods) throw new Error(pods.problem)

    const run = { name: 'b', method: ['0.5', '0.6'].includes(version) ? 'datafile' : 'dump' }
    expect(jobsOf(saveJobs(pods, objects, run)).map(passwordIn)).toEqual(['pass'])
    const restored = restoreJobs(pods, objects, run, 'running', ['old-0'])
    if (version === '0.5') expect(restored).toHaveProperty('problem')
    else expect(jobsOf(restored).map(passwordIn)).toEqual(['pass'])

    // Actions of ClusterDefinitions are a preStop hook, or none.
    if (['0.5', '0.6', '0.7', '0.8'].includes(version)) return
    for (const action of ['memberJoin', 'memberLeave']) {
      const call = lifecycleCall(pods, action, 0)
      expect(call).not.toHaveProperty('problem')
      if (!('problem' in call)) expect(call.environment.variables.get('ROOT_PASSWORD')).toBe('pass')
    }
    // Without pods, the operator asks the joining pod; the member that leaves may be dead, so any pod does it.
    const actions = at(named('ComponentDefinition'), 'spec', 'lifecycleActions')
    const selector = (name: string) => at(actions, name, 'targetPodSelector') ?? at(actions, name, 'customHandler', 'targetPodSelector')
    expect([selector('memberJoin'), selector('memberLeave')]).toEqual([undefined, 'Any'])
  })
})
