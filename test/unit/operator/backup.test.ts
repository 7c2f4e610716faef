import { describe, expect, test } from 'vitest'
import {
  type BackupJob,
  buildPods,
  type Cluster,
  type JobsOrProblem,
  operatorRelease,
  type Pods,
  restoreJobs,
  saveJobs,
} from '../../../src/operator/index.ts'
import { componentDefinition, object } from '../../support/definitions.ts'

const cluster = (definition: string, roles: readonly string[] = []): Cluster => ({
  name: 'c',
  namespace: 'ns',
  uid: 'u',
  components: [{ name: 'x', definition, replicas: 3, roles }],
  secrets: { 'c-conn-credential': { username: 'root', password: 'p', port: '99' }, 'c-x-account-root': { username: 'root', password: 'p' } },
})

function podsOf(version: string, objects: readonly unknown[], wanted: Cluster): Pods {
  const pods = buildPods(operatorRelease(version), objects, wanted, 'x')
  if ('problem' in pods) throw new Error(pods.problem)
  return pods
}

function jobsOf(made: JobsOrProblem): readonly BackupJob[] {
  if ('problem' in made) throw new Error(made.problem)
  return made.jobs
}

const dp = (job: BackupJob | undefined) => Object.fromEntries([...(job?.environment.variables ?? [])].filter(([name]) => name.startsWith('DP_')))
const pod = { containers: [{ name: 'x', image: 'x:1', ports: [{ name: 'main', containerPort: 1234 }], env: [{ name: 'OWN', value: 'o' }] }] }
const clusterDefinition = object('ClusterDefinition', 'd', { componentDefs: [{ name: 'x', workloadType: 'Stateful', podSpec: pod }] })
const SOURCES = ['old-0', 'old-1', 'old-2']
const RUN = { name: 'b', method: 'dump', retention: '7d' }

describe('BackupTool', () => {
  const tool = object('BackupTool', 'tool', {
    image: 'tools:1',
    env: [{ name: 'VOLUME_DATA_DIR', value: '/data' }],
    backupCommands: ['sh', '-c', 'put $$(hostname) $(BACKUP_NAME)'],
    physical: { restoreCommands: ['sh', '-c', 'get'] },
    logical: { restoreCommands: ['sh', '-c', 'load'] },
  })
  const template = object('BackupPolicyTemplate', 't', {
    clusterDefinitionRef: 'd',
    backupPolicies: [
      {
        componentDefRef: 'x',
        retention: { ttl: '7d' },
        datafile: { backupToolName: 'tool', target: { connectionCredentialKey: { usernameKey: 'username', passwordKey: 'password' } } },
      },
    ],
  })
  const objects = [clusterDefinition, tool, template]
  const run = { name: 'b', method: 'datafile' }

  test('0.6: one job, beside the first pod', () => {
    const jobs = jobsOf(saveJobs(podsOf('0.6', objects, cluster('x')), objects, run))
    expect(jobs.map(({ ordinal, argv, image }) => [ordinal, argv, image])).toEqual([[0, ['sh', '-c', 'put $(hostname) b'], 'tools:1']])
    expect(Object.fromEntries(jobs[0]?.environment.variables ?? [])).toEqual({
      DB_HOST: 'c-x-0.c-x-headless',
      BACKUP_NAME: 'b',
      BACKUP_DIR: '/backupdata/ns/c-u/x/b',
      DB_USER: 'root',
      DB_PASSWORD: 'p',
      TTL: '7d',
      VOLUME_DATA_DIR: '/data',
    })
  })

  test('0.6 restores before the pods run, one job for each volume, and beside each pod that runs', () => {
    const pods = podsOf('0.6', objects, cluster('x'))
    const before = jobsOf(restoreJobs(pods, objects, run, 'before'))
    expect(before.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2])
    expect(before[1]?.environment.variables.get('BACKUP_DIR')).toBe('/b/ns/c-u/x/b')
    const after = jobsOf(restoreJobs(pods, objects, run, 'running'))
    expect(after[2]?.environment.variables.get('DB_HOST')).toBe('c-x-2.c-x-headless')
    expect(after[2]?.environment.variables.get('OWN')).toBe('o')
    expect(after[2]?.environment.variables.has('BACKUP_DIR')).toBe(false)
  })

  test('0.5 hands the commands to a shell, and runs nothing beside pods', () => {
    const pods = podsOf('0.5', objects, cluster('x'))
    expect(jobsOf(saveJobs(pods, objects, run))[0]?.argv.slice(0, 3)).toEqual(['sh', '-c', 'sh'])
    expect(restoreJobs(pods, objects, run, 'running')).toEqual({ problem: 'KubeBlocks 0.5 runs nothing when the restored cluster runs' })
  })

  test('what is missing is said', () => {
    const pods = podsOf('0.6', objects, cluster('x'))
    expect(saveJobs(pods, objects, { ...run, method: 'logfile' })).toEqual({ problem: 'the BackupPolicyTemplate has no method "logfile"' })
    const empty = object('BackupPolicyTemplate', 't', { backupPolicies: [{ componentDefRef: 'x', datafile: {} }] })
    expect(saveJobs(pods, [clusterDefinition, empty], run)).toEqual({ problem: 'the method "datafile" names no BackupTool, so it runs no job' })
    expect(saveJobs(pods, [clusterDefinition, template], run)).toEqual({ problem: 'there is no BackupTool "tool"' })
    expect(saveJobs(pods, [clusterDefinition], run)).toEqual({ problem: 'no BackupPolicyTemplate is for "x"' })
  })
})

describe('ActionSet', () => {
  const set = object('ActionSet', 'set', {
    backupType: 'Full',
    env: [{ name: 'A', value: '1' }],
    backup: { backupData: { image: 'tools:$(TAG)', command: ['sh', '-c', 'put $(DP_BACKUP_NAME)'] } },
    restore: {
      prepareData: { image: 'tools:1', command: ['get'] },
      postReady: [{ job: { image: 'tools:1', command: ['load'] } }],
    },
  })
  const older = (strategy: string | undefined, target: object = {}) =>
    object('BackupPolicyTemplate', 't', {
      backupPolicies: [
        {
          componentDefRef: 'x',
          target: { role: '', ...target, ...(strategy === undefined ? {} : { strategy }) },
          backupMethods: [{ name: 'dump', actionSetName: 'set', env: [{ name: 'TAG', value: '2' }] }],
        },
      ],
    })
  const save = (version: string, strategy?: string, target?: object, roles?: readonly string[]) => {
    const objects = [clusterDefinition, set, older(strategy, target)]
    return jobsOf(saveJobs(podsOf(version, objects, cluster('x', roles)), objects, RUN))
  }

  test('pods with a job: 0.7 one, whatever is asked for; 0.8 and later each of them', () => {
    expect(save('0.7', 'All').map(({ ordinal }) => ordinal)).toEqual([0])
    expect(save('0.8', 'All').map(({ ordinal }) => ordinal)).toEqual([0, 1, 2])
    expect(save('0.9', 'All').map(({ ordinal }) => ordinal)).toEqual([0, 1, 2])
    expect(save('0.9').map(({ ordinal }) => ordinal)).toEqual([0])
  })

  test('roles choose, with another to fall back to', () => {
    expect(save('0.9', 'Any', { role: 'b' }, ['a', 'b', 'b'])[0]?.ordinal).toBe(1)
    expect(save('0.9', 'Any', { role: 'c', fallbackRole: 'a' }, ['a', 'b', 'b'])[0]?.ordinal).toBe(0)
    expect(save('0.9', 'All', { role: 'b' }, ['a', 'b', 'b']).map(({ ordinal }) => ordinal)).toEqual([1, 2])
  })

  test('0.7 and 0.8 put what all pods store into one folder, 0.9 gives each its own', () => {
    expect(save('0.8', 'All').map((job) => dp(job).DP_BACKUP_BASE_PATH)).toEqual(Array(3).fill('/ns/c-u/x/b'))
    expect(save('0.9', 'All').map((job) => dp(job).DP_BACKUP_BASE_PATH)).toEqual(['/ns/c-u/x/b/c-x-0', '/ns/c-u/x/b/c-x-1', '/ns/c-u/x/b/c-x-2'])
    expect(dp(save('0.9')[0]).DP_BACKUP_BASE_PATH).toBe('/ns/c-u/x/b')
  })

  test('0.9: a cluster of a topology finds its template by the label of the ClusterDefinition alone', () => {
    const definition = componentDefinition('x-1', { serviceVersion: '1.0.0', runtime: pod })
    const topologies = object('ClusterDefinition', 'd', { topologies: [{ name: 't', components: [{ name: 'x', compDef: '^x-' }] }] })
    const policies = { backupPolicies: [{ componentDefs: ['^x-'], target: { role: '' }, backupMethods: [{ name: 'dump', actionSetName: 'set' }] }] }
    const saved = (metadata: object) => {
      const objects = [definition, topologies, set, object('BackupPolicyTemplate', 't', policies, metadata)]
      return saveJobs(podsOf('0.9', objects, cluster('x-1')), objects, RUN)
    }
    expect(saved({ labels: { a: 'b' } })).toEqual({ problem: 'no BackupPolicyTemplate is for "x-1"' })
    expect(jobsOf(saved({ labels: { 'clusterdefinition.kubeblocks.io/name': 'd' } }))).toHaveLength(1)
  })

  test('what a job is told', () => {
    const keys = { connectionCredentialKey: { usernameKey: 'username', passwordKey: 'password' } }
    expect(dp(save('0.7')[0])).toEqual({
      DP_BACKUP_NAME: 'b',
      DP_TARGET_POD_NAME: 'c-x-0',
      DP_BACKUP_BASE_PATH: '/ns/c-u/x/b',
      DP_BACKUP_INFO_FILE: '/dp-sync-progress/backup.info',
      DP_TTL: '7d',
      // 0.7 always names the Secret of connectionCredential, and its key for the port.
      DP_DB_HOST: 'c-x-0.c-x-headless',
      DP_DB_PORT: '99',
      DP_DATASAFED_BIN_PATH: '/bin/datasafed',
    })
    expect(dp(save('0.7', 'Any', keys)[0])).toMatchObject({ DP_DB_HOST: 'c-x-0.c-x-headless', DP_DB_USER: 'root', DP_DB_PASSWORD: 'p' })
    expect(dp(save('0.8')[0])).toMatchObject({ DP_DB_HOST: 'c-x-0.c-x-headless', DP_TARGET_POD_ROLE: '' })
    expect(dp(save('0.8')[0])).not.toHaveProperty('DP_DB_PORT')
    expect(dp(save('0.8', 'Any', keys)[0])).toMatchObject({ DP_DB_PORT: '1234' })
    expect(save('0.8')[0]?.environment.variables.has('OWN')).toBe(false)
    expect(save('0.9')[0]?.environment.variables.get('OWN')).toBe('o')
    expect(save('0.9')[0]?.environment.variables.get('KB_CLUSTER_NAME')).toBe('c')
    expect(save('0.9')[0]).toMatchObject({ argv: ['sh', '-c', 'put b'], image: 'tools:2' })
  })

  const definition = componentDefinition('x-1', { serviceVersion: '1.0.0', runtime: pod, systemAccounts: [{ name: 'root', initAccount: true }] })
  const template = object('BackupPolicyTemplate', 't', {
    compDefs: ['^x-'],
    target: { role: '', strategy: 'All' },
    backupMethods: [
      {
        name: 'dump',
        actionSetName: 'set',
        env: [{ name: 'TAG', valueFrom: { versionMapping: [{ serviceVersions: ['1.0.0'], mappedValue: 'one' }] } }],
        target: { role: '', account: 'root' },
      },
    ],
  })
  const now = [definition, set, template]

  test('1.0: by account, with values by version', () => {
    const jobs = jobsOf(saveJobs(podsOf('1.0', now, cluster('x-1')), now, RUN))
    expect(jobs).toHaveLength(3)
    expect(jobs[2]).toMatchObject({ image: 'tools:one' })
    expect(dp(jobs[2])).toMatchObject({ DP_DB_HOST: 'c-x-2.c-x-headless', DP_DB_PORT: '1234', DP_DB_USER: 'root', DP_DB_PASSWORD: 'p' })
  })

  test('restore: on all volumes, then beside the pods, each with the backup of one', () => {
    const pods = podsOf('1.1', now, cluster('x-1'))
    const before = jobsOf(restoreJobs(pods, now, RUN, 'before', SOURCES))
    expect(before.map((job) => dp(job).DP_BACKUP_BASE_PATH)).toEqual(['/ns/c-u/x/b/old-0', '/ns/c-u/x/b/old-1', '/ns/c-u/x/b/old-2'])
    expect(before[0]?.environment.variables.has('OWN')).toBe(false)
    const after = jobsOf(restoreJobs(pods, now, { ...RUN, parameters: { P: 'q' } }, 'running', SOURCES))
    expect(after).toHaveLength(3)
    expect(Object.fromEntries(after[1]?.environment.variables ?? [])).toMatchObject({
      OWN: 'o',
      DP_DB_HOST: 'c-x-1.c-x-headless',
      DP_DB_USER: 'root',
      P: 'q',
      A: '1',
    })
    // A pod for which there is no backup gets nothing.
    expect(jobsOf(restoreJobs(pods, now, RUN, 'running', SOURCES.slice(0, 2))).map(({ ordinal }) => ordinal)).toEqual([0, 1])
  })

  test('restore beside pods: one of them in 0.7 and 0.8; with roles those of one role', () => {
    const objects = [clusterDefinition, set, older('All')]
    const restored = (version: string) =>
      jobsOf(restoreJobs(podsOf(version, objects, cluster('x')), objects, RUN, 'running', SOURCES)).map(({ ordinal }) => ordinal)
    expect([restored('0.7'), restored('0.8'), restored('0.9')]).toEqual([[0], [0], [0, 1, 2]])
    const withRoles = componentDefinition('x-1', {
      serviceVersion: '1.0.0',
      runtime: pod,
      roles: [
        { name: 'leader', updatePriority: 2, writable: true },
        { name: 'follower', updatePriority: 1 },
      ],
      systemAccounts: [{ name: 'root', initAccount: true }],
    })
    const all = [withRoles, set, template]
    const wanted = cluster('x-1', ['follower', 'leader', 'follower'])
    const jobs = jobsOf(restoreJobs(podsOf('1.0', all, wanted), all, RUN, 'running', SOURCES))
    expect(jobs.map((job) => [job.ordinal, dp(job).DP_BACKUP_BASE_PATH])).toEqual([[1, '/ns/c-u/x/b/old-0']])
  })

  test('a step inside the pod has the environment of its container', () => {
    const exec = object('ActionSet', 'set', { restore: { postReady: [{ exec: { command: ['load'] } }] } })
    const objects = [definition, exec, template]
    const jobs = jobsOf(restoreJobs(podsOf('1.0', objects, cluster('x-1')), objects, RUN, 'running'))
    expect(jobs[0]).toMatchObject({ argv: ['load'], image: 'x:1' })
    expect(dp(jobs[0])).toEqual({})
    expect(restoreJobs(podsOf('1.0', objects, cluster('x-1')), objects, RUN, 'before')).toEqual({ problem: 'the ActionSet has no job for this' })
  })
})
