import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { escapeForKubelet } from '../../src/targets/shared/backup-scripts.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { SMALL } from '../support/small-addon.ts'
import { createWorkspace, type Workspace } from '../support/workspace.ts'

/** Shells that images of engines have as `sh`. */
const SHELLS = [['dash'], ['busybox', 'sh'], ['bash', '--norc', '--posix']]

const AVAILABLE = SHELLS.filter(([shell = '', ...args]) => spawnSync(shell, [...args, '-c', ':']).status === 0)

/** An addon that uses every generated script; its backup script is given. */
function filesOf(backup: string, restore = ''): ReadonlyMap<string, string> {
  const tiny = {
    image: 'tiny',
    ports: { client: 1234 },
    mounts: { data: '/data', scripts: '/scripts' },
    env: {
      PEERS: { fact: 'podFQDNs' },
      WANTED: { fact: 'replicas', live: true },
      AT_START: { fact: 'replicas' },
      NAMES: { fact: 'podNames' },
      UID_OF_CLUSTER: { fact: 'clusterUID' },
    },
  }
  const component = {
    volumes: { data: { claim: true } },
    scripts: { files: 'scripts/*.sh' },
    containers: { tiny },
    lifecycle: { memberLeave: { script: 'leave.sh' } },
  }
  const method = { type: 'full', image: 'tools', backup: { script: 'backup.sh' }, restore: { script: 'restore.sh', phase: 'ready' } }
  const addon = {
    ...SMALL,
    images: { tiny: 'example/tiny', tools: { repository: 'example/tools', tag: '1' } },
    components: { tiny: component },
    backup: { component: 'tiny', target: { pods: 'all' }, methods: { dump: method } },
  }
  const { chart, diagnostics } = compileInMemory(addon, { 'scripts/leave.sh': '#!/bin/sh\n', 'backup.sh': backup, 'restore.sh': restore })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return new Map([...(chart?.tree ?? [])].map(([path, { bytes }]) => [path, Buffer.from(bytes).toString('utf8')]))
}

/** What the kubelet makes of a command: `$$` becomes `$`; nothing else in these scripts names a variable. */
const expanded = (text: string) => text.replaceAll('$$', '$')

function sh(shell: readonly string[], workspace: Workspace, script: string, env: Readonly<Record<string, string>>) {
  const [command = 'sh', ...args] = shell
  const { stdout, stderr, status } = spawnSync(command, [...args, '-c', script], {
    cwd: workspace.path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  return { stdout, stderr, status }
}

test('there is a shell to test with', () => {
  expect(AVAILABLE.length).toBeGreaterThan(0)
})

describe.each(AVAILABLE.map((shell) => ({ shell, name: shell.join(' ') })))('facts.sh under $name', ({ shell }) => {
  const facts = filesOf('').get('files/scripts/tiny/facts.sh') ?? ''
  const run = (replicas: string | undefined, env: Readonly<Record<string, string>>, shown = '"$WANTED" "$AT_START" "$PEERS"') => {
    const workspace = createWorkspace(replicas === undefined ? {} : { component_replicas: replicas })
    // The downward file lies elsewhere in a test.
    const text = facts.replaceAll('/etc/annotations/component-replicas', join(workspace.path, 'component_replicas'))
    const base = { KB_POD_NAME: 'c-tiny-1', KB_CLUSTER_COMP_NAME: 'c-tiny', KB_NAMESPACE: 'ns' }
    const script = `set -eu\n${text}\nprintf '%s|%s|%s\\n' ${shown}`
    return sh(shell, workspace, script, { ...base, ...env })
  }
  const fqdns = (count: number) => Array.from({ length: count }, (_, i) => `c-tiny-${i}.c-tiny-headless.ns.svc`).join(',')

  test('the file and the variable agree', () => expect(run('3', { KB_REPLICA_COUNT: '3' }).stdout).toBe(`3|3|${fqdns(3)}\n`))
  test('the variable is older than the file', () => expect(run('5', { KB_REPLICA_COUNT: '3' }).stdout).toBe(`5|3|${fqdns(5)}\n`))
  test('the pod is beyond both', () => expect(run('1', { KB_REPLICA_COUNT: '1' }).stdout).toBe(`1|1|${fqdns(2)}\n`))
  test('the cluster shrinks: peers that go are still known', () => expect(run('1', { KB_REPLICA_COUNT: '3' }).stdout).toBe(`1|3|${fqdns(3)}\n`))
  test('nothing is known', () => expect(run(undefined, {})).toEqual({ stdout: `||${fqdns(2)}\n`, stderr: '', status: 0 }))
  test('pods have names too', () => {
    const shown = '"$NAMES" "" ""'
    expect(run('3', { KB_REPLICA_COUNT: '1' }, shown).stdout).toBe('c-tiny-0,c-tiny-1,c-tiny-2||\n')
    expect(run(undefined, {}, shown).stdout).toBe('c-tiny-0,c-tiny-1||\n')
  })
  test('the uid of the cluster is in a variable of its own, or of the component in 0.5', () => {
    const shown = '"$UID_OF_CLUSTER" "" ""'
    expect(run('1', { KB_CLUSTER_UID: 'a-1' }, shown).stdout).toBe('a-1||\n')
    expect(run('1', { 'KB_PG-HA_CLUSTER_UID': 'a-2' }, shown).stdout).toBe('a-2||\n')
    expect(run('1', {}, shown)).toEqual({ stdout: '||\n', stderr: '', status: 0 })
  })
  test('the file holds no number', () => expect(run('many', {}).stdout).toBe(`many||${fqdns(2)}\n`))
})

describe.each(AVAILABLE.map((shell) => ({ shell, name: shell.join(' ') })))('backup under $name', ({ shell }) => {
  const backup = (script: string) => {
    const workspace = createWorkspace()
    const text = expanded(filesOf(script).get('files/backup/dump/backup.sh') ?? '')
    const target = join(workspace.path, 'store/backup-1')
    return {
      ...sh(shell, workspace, text, { DB_HOST: 'c-tiny-0.headless', VOLUME_DATA_DIR: '/data', BACKUP_DIR: target, BACKUP_NAME: 'backup-1' }),
      target,
    }
  }

  test('what a command prints is stored, and its size is told', () => {
    const { target, status, stdout } = backup(
      'backup_put a/b.txt printf 12345\nbackup_put c.txt echo "$DATA_HOST $BACKUP_PODS"\nbackup_list\nbackup_list a/\nbackup_size\n',
    )
    expect(status).toBe(0)
    expect(stdout).toBe('a/b.txt\nc.txt\na/b.txt\n27\n')
    expect(readFileSync(join(target, 'c.txt'), 'utf8')).toBe('c-tiny-0.headless all\n')
    expect(JSON.parse(readFileSync(join(target, 'backup.info'), 'utf8'))).toEqual({
      totalSize: '27',
      manifests: { backupTool: { uploadTotalSize: '27' } },
    })
  })

  test('a command that fails leaves nothing under the name, and the backup fails', () => {
    const { target, status } = backup("backup_put part.txt sh -c 'printf half; exit 7'\n")
    expect(status).toBe(7)
    expect(existsSync(join(target, 'part.txt'))).toBe(false)
    expect(existsSync(join(target, 'part.txt.part'))).toBe(false)
    expect(existsSync(join(target, 'backup.info'))).toBe(false)
  })

  test('restore finds the backup by the note that the job before it left', () => {
    const files = filesOf('', 'backup_get a.txt cat\nprintf "%s %s\\n" "$DATA_HOST" "$BACKUP_PODS"\n')
    const workspace = createWorkspace({ 'backupdata/ns/backup-1/a.txt': 'content\n' })
    mkdirSync(join(workspace.path, 'volume'))
    const volume = { VOLUME_DATA_DIR: join(workspace.path, 'volume') }
    const note = sh(shell, workspace, expanded(files.get('files/backup/dump/restore-note.sh') ?? ''), {
      ...volume,
      BACKUP_NAME: 'backup-1',
      BACKUP_DIR: '/backup-1/ns/backup-1',
    })
    expect(note).toEqual({ stdout: '', stderr: '', status: 0 })
    // The operator mounts the backup volume at /backupdata.
    const script = expanded(files.get('files/backup/dump/restore.sh') ?? '').replaceAll('/backupdata', join(workspace.path, 'backupdata'))
    expect(sh(shell, workspace, script, { ...volume, DB_HOST: 'd-tiny-1.headless' })).toEqual({
      stdout: 'content\nd-tiny-1.headless one\n',
      stderr: '',
      status: 0,
    })
  })
})

test('commands of jobs reach the shell as they were written', () => {
  expect(escapeForKubelet('echo $(date) $$ ${A} $B $')).toBe('echo $$(date) $$$ ${A} $B $')
})
