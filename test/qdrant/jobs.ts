import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { route } from './fake/routes.ts'
import { BACKUP, type Ended, type Lab, SCRIPTS } from './lab.ts'
import type { Open } from './world.ts'

/** Where backups lie, as the generations have it: one folder for all jobs, or one for each pod. */
export type Storage = 'shared' | 'per-pod'

/** What the compiler puts before the author's script, in its simplest form: files in a folder. Written for the tests. */
const PRELUDE = `#!/bin/sh
set -eu
export DATA_HOST BACKUP_PODS
backup_put() {
  put_name=$1; shift
  mkdir -p "$STORE/$(dirname "$put_name")"
  if "$@" >"$STORE/$put_name.part"; then mv "$STORE/$put_name.part" "$STORE/$put_name"; else rm -f "$STORE/$put_name.part"; return 1; fi
}
backup_get() {
  get_name=$1; shift
  [ -e "$STORE/$get_name" ] || return 1
  if [ -n "\${PIPED:-}" ]; then
    # Like a program that streams from an object store: the input is a pipe.
    { cat "$STORE/$get_name"; } | "$@"
  else
    "$@" <"$STORE/$get_name"
  fi
}
backup_list() {
  (cd "$STORE" && find . -type f ! -name '*.part') | sed 's|^\\./||' | sort
}
backup_size() {
  du -sb "$STORE" | cut -f1
}
`

/** The parts of a job's text, in order. */
export function parts(script: 'backup.sh' | 'restore.sh'): readonly { readonly name: string; readonly text: string }[] {
  const read = (file: string): string => readFileSync(file, 'utf8')
  return [
    { name: 'prelude', text: PRELUDE },
    { name: 'lib.sh', text: read(path.join(SCRIPTS, 'lib.sh')) },
    { name: 'backup/lib.sh', text: read(path.join(BACKUP, 'lib.sh')) },
    { name: `backup/${script}`, text: read(path.join(BACKUP, script)) },
  ]
}

/** Runs a job for one pod. `store` is a folder of the lab, or of another one. */
export async function job(
  world: Lab,
  script: 'backup.sh' | 'restore.sh',
  ordinal: number,
  store: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const server = world.cluster.at(ordinal)
  const file = path.join(world.directory, server.pod, 'jobs', script)
  mkdirSync(path.dirname(file), { recursive: true })
  mkdirSync(store, { recursive: true })
  // Traced, the parts are sourced where they lie, so that the trace names their lines.
  const lib = [path.join(SCRIPTS, 'lib.sh'), path.join(BACKUP, 'lib.sh'), path.join(BACKUP, script)]
  const text =
    world.shell === 'traced'
      ? PRELUDE + lib.map((p) => `. ${p}\n`).join('')
      : parts(script)
          .map((p) => p.text)
          .join('')
  world.executable(file, text)
  // Jobs have none of the pod's mounts.
  return world.run(ordinal, file, { DATA_HOST: server.fqdn, STORE: store, TLS_DIR: path.join(world.directory, 'not-mounted'), ...env })
}

/** Backs a cluster up: one job that visits all pods, or a job for each, at the same time. */
export async function backUp(
  world: Lab,
  store: string,
  pods: 'all' | 'one',
  storage: Storage,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended[]> {
  const ordinals = pods === 'all' ? [0] : world.cluster.servers.map((s) => s.ordinal)
  return Promise.all(ordinals.map((o) => job(world, 'backup.sh', o, folder(store, o, storage), { BACKUP_PODS: pods, ...env })))
}

/** Restores into a cluster with a job for each pod, at the same time; with a folder per pod each job sees what its own pod's job stored. */
export async function restore(world: Lab, store: string, storage: Storage, env: Readonly<Record<string, string>> = {}): Promise<Ended[]> {
  return Promise.all(
    world.cluster.servers.map((s) => job(world, 'restore.sh', s.ordinal, folder(store, s.ordinal, storage), { BACKUP_PODS: 'one', ...env })),
  )
}

function folder(store: string, ordinal: number, storage: Storage): string {
  return storage === 'shared' ? store : path.join(store, String(ordinal))
}

/** Names of the files in a folder and below. */
export function stored(store: string): string[] {
  return readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(path.relative(store, e.parentPath), e.name))
}

/** Asks a fake's first server, past its port. */
export async function json(world: Lab, method: string, target: string, body: unknown): Promise<void> {
  const asked = { method, url: new URL(`http://x${target}`), body: Buffer.from(JSON.stringify(body)), type: 'application/json' }
  await route(world.cluster, world.cluster.at(0), asked)
}

/** All jobs succeeded. */
export function expectAll(ended: readonly { code: number | null; err: string }[]): void {
  for (const e of ended) expect(e.code, e.err).toBe(0)
}

/** A second cluster for the same backup. */
export async function target(running: Open, world: Lab, nodes: number): Promise<{ readonly other: Lab; readonly store: string }> {
  return { other: await running(nodes, { name: 'd-qdrant' }), store: path.join(world.directory, 'store') }
}
