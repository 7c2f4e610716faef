import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chartScripts } from './chart-files.ts'
import { makeCertificates } from './fake/certificates.ts'
import type { ClusterOptions, Interruption, Server } from './fake/cluster.ts'
import { FakeCluster } from './fake/cluster.ts'
import type { Listening } from './fake/http.ts'
import { listen } from './fake/http.ts'
import { type Shell, shellFor, which } from './tools.ts'

/** The checkout. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))
/** The scripts of the engine's container. */
export const SCRIPTS: string = path.join(ROOT, 'addons/qdrant/scripts')
/** The scripts of backup jobs. */
export const BACKUP: string = path.join(ROOT, 'addons/qdrant/backup')

/** The script that tests a cluster. */
export const SMOKE: string = path.join(ROOT, 'addons/qdrant/cluster/smoke.sh')

/** How a script ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
  readonly ms: number
}

/** Times that let tests run fast; production has its own defaults. */
const FAST = {
  FOUND_WAIT: '1',
  JOIN_WAIT: '2',
  START_POLL: '0.1',
  CONNECT_TIMEOUT: '1',
  STATE_TIMEOUT: '1',
  REQUEST_TIMEOUT: '4',
  LEAVE_TIMEOUT: '30',
  LEAVE_POLL: '0.2',
  PRE_STOP_STABLE: '0',
  PRE_STOP_POLL: '0.05',
  PRE_STOP_TIMEOUT: '40',
  PRE_STOP_RETRY: '0.05',
  RESTORE_WAIT: '3',
  SNAPSHOT_TIMEOUT: '5',
  BACKUP_POLL: '0.1',
  BACKUP_REQUEST_TIMEOUT: '4',
}

/** Stands in for the server's program: writes what it was started with. Like Qdrant, it needs its certificates where TLS is on. */
const SERVER = `#!/bin/sh
[ "\${QDRANT__SERVICE__ENABLE_TLS:-}" != true ] || cat "$QDRANT__TLS__CERT" "$QDRANT__TLS__KEY" "$QDRANT__TLS__CA_CERT" >/dev/null || exit 1
printf "%s\\n" "$$" "$@" >"$SERVER_ARGS"
[ -z "\${SERVER_STAYS:-}" ] || exec sleep 60
`

/** A fake cluster with pods that have scripts, tools and disks of their own. */
export class Lab {
  readonly directory: string
  readonly cluster: FakeCluster
  readonly shell: Shell
  #listening: Listening | undefined

  private constructor(directory: string, cluster: FakeCluster, shell: Shell) {
    this.directory = directory
    this.cluster = cluster
    this.shell = shell
  }

  /** Where the certificates lie that pods have mounted. */
  get certificates(): string {
    return path.join(this.directory, 'certificates')
  }

  /** Opens a lab with pods that are down. */
  static async open(pods: number, options: Omit<ClusterOptions, 'directory'> & { readonly shell?: Shell } = {}): Promise<Lab> {
    const directory = mkdtempSync(path.join(tmpdir(), 'addonsmith-qdrant-'))
    const lab = new Lab(directory, new FakeCluster({ ...options, directory }), options.shell ?? shellFor(pods))
    lab.cluster.addPods(pods)
    if (options.tls === true) makeCertificates(lab.certificates, `${options.name ?? 'c-qdrant'}-headless.ns.${options.domain ?? 'svc'}`)
    lab.#listening = await listen(lab.cluster, options.tls === true ? lab.certificates : undefined)
    lab.replicas(pods)
    mkdirSync(path.join(directory, 'bin'))
    lab.executable(path.join(directory, 'bin/qdrant'), SERVER)
    const { container } = await chartScripts()
    for (const server of lab.cluster.servers) lab.#furnish(server, container)
    return lab
  }

  /** Sets the wanted number of replicas, as the annotation does. */
  replicas(count: number | string): void {
    writeFileSync(path.join(this.directory, 'replicas'), String(count))
  }

  #furnish(server: Server, scripts: ReadonlyMap<string, string>): void {
    const home = path.join(this.directory, server.pod)
    for (const folder of ['tools', 'scripts']) mkdirSync(path.join(home, folder), { recursive: true })
    // The file that the kubelet writes lies elsewhere in a test.
    for (const [name, text] of scripts)
      this.executable(path.join(home, 'scripts', name), text.replaceAll('/etc/annotations/component-replicas', path.join(this.directory, 'replicas')))
    writeFileSync(path.join(home, '.curlrc'), this.#connect(server))
    for (const tool of ['curl', 'jq']) symlinkSync(which(tool) ?? tool, path.join(home, 'tools', tool))
  }

  /** Real curl reads this file first: names lead to the ports of the fake. */
  #connect(own: Server): string {
    const line = (name: string, port: number | undefined): string => `connect-to = "${name}:6333:127.0.0.1:${port ?? 1}"\n`
    const ports = this.#listening?.ports
    return this.cluster.servers.map((s) => line(s.fqdn, ports?.get(s.fqdn))).join('') + line('localhost', ports?.get(own.fqdn))
  }

  /** Writes an executable; a script gets the shell of the lab. */
  executable(file: string, text: string): void {
    const shebang = {
      dash: '#!/bin/dash',
      busybox: `#!${which('busybox') ?? '/bin/busybox'} sh`,
      traced: `#!${path.join(this.directory, 'tracer')}`,
    }[this.shell]
    const own = file.includes('/scripts/') || file.includes('/jobs/')
    if (own && this.shell === 'traced') this.#tracer()
    writeFileSync(file, own ? text.replace(/^#!.*\n/, `${shebang}\n`) : text)
    chmodSync(file, 0o755)
  }

  #tracer(): void {
    const tracer = path.join(this.directory, 'tracer')
    if (existsSync(tracer)) return
    // bash, told to behave like a POSIX shell, says which lines it runs.
    writeFileSync(
      tracer,
      '#!/bin/bash\nBASH_ARGV0=$1\nshift\nexec 9>>"$QDRANT_TRACE"\nBASH_XTRACEFD=9\nPS4=\'+@${BASH_SOURCE}:${LINENO}@ \'\nset -o posix\nset -x\n. "$0" "$@"\n',
    )
    chmodSync(tracer, 0o755)
  }

  /** The environment that a pod's container gives its scripts. */
  env(server: Server, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    const home = path.join(this.directory, server.pod)
    return {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      ...(process.env.QDRANT_TRACE === undefined ? {} : { QDRANT_TRACE: process.env.QDRANT_TRACE }),
      TOOLS_DIR: path.join(home, 'tools'),
      CURL_HOME: home,
      POD_NAME: server.pod,
      ...this.#operator(server),
      QDRANT_STORAGE_DIR: server.storage,
      QDRANT_BIN: path.join(this.directory, 'bin/qdrant'),
      SERVER_ARGS: path.join(home, 'args'),
      LEAVE_TRIES_FILE: path.join(home, 'tries'),
      ...(this.cluster.options.apiKey === undefined ? {} : { QDRANT__SERVICE__API_KEY: this.cluster.options.apiKey }),
      ...(this.cluster.options.tls === true ? { QDRANT__SERVICE__ENABLE_TLS: 'true', TLS_DIR: this.certificates } : {}),
      ...FAST,
      ...extra,
    }
  }

  /** What the operator adds to it. The number of replicas is the one at the start of the container. */
  #operator({ pod }: Server): Record<string, string> {
    return {
      KB_POD_NAME: pod,
      KB_CLUSTER_COMP_NAME: pod.slice(0, pod.lastIndexOf('-')),
      KB_NAMESPACE: 'ns',
      KB_REPLICA_COUNT: String(this.cluster.servers.length),
    }
  }

  /** Runs a script in a pod. */
  async run(ordinal: number, script: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const server = this.cluster.at(ordinal)
    const file = path.isAbsolute(script) ? script : path.join(this.directory, server.pod, 'scripts', script)
    return execute(file, this.env(server, env))
  }

  /** Starts a pod: setup.sh, then the server with the arguments that it was given. */
  async start(ordinal: number, env: Readonly<Record<string, string>> = {}, interruption?: Interruption): Promise<Ended> {
    const server = this.cluster.at(ordinal)
    const args = path.join(this.directory, server.pod, 'args')
    rmSync(args, { force: true })
    const ended = await this.run(ordinal, 'setup.sh', env)
    if (existsSync(args)) this.cluster.boot(server, readFileSync(args, 'utf8').split('\n').slice(1), interruption)
    return ended
  }

  /** Makes all pods run, without their scripts. */
  bootAll(): void {
    const [first, ...others] = this.cluster.servers
    if (first === undefined) return
    this.cluster.boot(first, ['--uri', `http://${first.fqdn}:6335`])
    for (const other of others) this.cluster.boot(other, ['--uri', `http://${other.fqdn}:6335`, '--bootstrap', `http://${first.fqdn}:6335`])
  }

  /** member-leave.sh for one pod, run on another or on the same. */
  async leave(leaving: number, env: Readonly<Record<string, string>> = {}, runOn: number = leaving): Promise<Ended> {
    const server = this.cluster.at(leaving)
    return this.run(runOn, 'member-leave.sh', { LEAVE_POD_NAME: server.pod, LEAVE_POD_FQDN: server.fqdn, ...env })
  }

  /** Closes everything. */
  async close(): Promise<void> {
    await this.#listening?.close()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** Runs an executable to its end. */
export async function execute(file: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Ended> {
  const begin = Date.now()
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, out, err, ms: Date.now() - begin }))
  })
}
