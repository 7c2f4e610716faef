import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  type BackupRun,
  buildPods,
  type Call,
  type CallOrProblem,
  type Cluster,
  connectionCredential,
  containerCall,
  containerFiles,
  containerNamed,
  hookCall,
  type JobsOrProblem,
  lifecycleCall,
  type Pods,
  restoreJobs,
  saveJobs,
} from '../../src/operator/index.ts'
import { DATASAFED } from './datasafed.ts'
import { CERTIFICATE_FILES } from './fake/certificates.ts'
import type { Server } from './fake/cluster.ts'
import { clusterOf, type Generation } from './generation.ts'
import { type Ended, execute, Lab } from './lab.ts'
import type { LabOptions } from './world.ts'

/** Names of the cluster: the fake servers' pods are those of the component qdrant of this cluster. */
const CLUSTER = 'c'

/** What a lab gives its scripts that here comes from the chart. */
const GIVEN_BY_THE_CHART = ['POD_NAME', 'TOOLS_DIR', 'QDRANT_STORAGE_DIR', 'QDRANT__SERVICE__API_KEY', 'QDRANT__SERVICE__ENABLE_TLS', 'TLS_DIR']

/**
 * A lab whose pods have what KubeBlocks and the kubelet give them in one generation: environment, mounted files and commands all come
 * from the rendered chart. There is no container: paths of mounts are replaced, in texts and variables, by folders of the lab.
 */
export class GenerationLab {
  readonly lab: Lab
  readonly generation: Generation
  readonly #name: string
  readonly #key: string | undefined
  #replicas: number
  /** The number of replicas that was wanted when each pod started: variables stay as they were then. */
  readonly #started: number[]

  private constructor(lab: Lab, generation: Generation, replicas: number, name: string, key: string | undefined) {
    this.lab = lab
    this.generation = generation
    this.#replicas = replicas
    this.#name = name
    this.#key = key
    this.#started = lab.cluster.servers.map(() => replicas)
  }

  static async open(generation: Generation, replicas: number, options: LabOptions = {}, name: string = CLUSTER): Promise<GenerationLab> {
    const lab = await Lab.open(replicas, { ...options, name: `${name}-qdrant` })
    const opened = new GenerationLab(lab, generation, replicas, name, options.apiKey)
    for (const server of lab.cluster.servers) opened.#furnish(server)
    return opened
  }

  #cluster(replicas: number): Cluster {
    const { operator, objects } = this.generation
    const random = { password: 'secret', strongPassword: 'secret', uuid: 'id' }
    const { tls = false } = this.lab.cluster.options
    const secrets = {
      [`${this.#name}-conn-credential`]: connectionCredential(operator, objects, clusterOf(this.generation, this.#name, replicas), random).data,
      [`${this.#name}-qdrant-account-root`]: { username: 'root', password: 'secret' },
      ...(this.#key === undefined ? {} : { 'qdrant-key': { 'api-key': this.#key } }),
      ...(tls ? { [`${this.#name}-qdrant-tls-certs`]: this.#certificates() } : {}),
    }
    return clusterOf(this.generation, this.#name, replicas, secrets, tls)
  }

  #certificates(): Record<string, string> {
    return Object.fromEntries(CERTIFICATE_FILES.map((name) => [name, readFileSync(path.join(this.lab.certificates, name), 'utf8')]))
  }

  /** The pods, as they were started with a number of replicas. */
  pods(replicas: number = this.#replicas): Pods {
    const pods = buildPods(this.generation.operator, this.generation.objects, this.#cluster(replicas), 'qdrant')
    if ('problem' in pods) throw new Error(pods.problem)
    if (pods.problems.length > 0) throw new Error(pods.problems.join('\n'))
    return pods
  }

  #root(server: Server): string {
    return path.join(this.lab.directory, server.pod, 'root')
  }

  /** Writes what volumes hold, and leads every name a pod may have to its fake server. */
  #furnish(server: Server): void {
    const root = this.#root(server)
    this.#mount(server)
    for (const [mount, target] of [
      ['qdrant/storage', server.storage],
      ['qdrant/tools', path.join(this.lab.directory, server.pod, 'tools')],
    ] as const) {
      rmSync(path.join(root, mount), { recursive: true, force: true })
      mkdirSync(path.dirname(path.join(root, mount)), { recursive: true })
      symlinkSync(target, path.join(root, mount))
    }
    const curlrc = path.join(this.lab.directory, server.pod, '.curlrc')
    const lines = readFileSync(curlrc, 'utf8')
    const other = (domain: string) => lines.replaceAll(/\.ns\.svc(\.cluster\.local)?:/g, `${domain}:`)
    writeFileSync(curlrc, other('.ns.svc') + other('.ns.svc.cluster.local') + other(''))
  }

  /** Writes the files of a pod as they are now: the kubelet keeps annotations up to date. */
  #mount(server: Server): void {
    const pods = this.pods()
    for (const container of pods.containers) {
      const { files, problems } = containerFiles(pods, this.generation.objects, container, server.ordinal)
      if (problems.length > 0) throw new Error(problems.join('\n'))
      for (const [file, { text, mode }] of files) {
        const target = path.join(this.#root(server), file)
        mkdirSync(path.dirname(target), { recursive: true })
        rmSync(target, { force: true })
        writeFileSync(target, this.#inRoot(server, text), { mode: mode | 0o200 })
      }
    }
  }

  /** A text with the paths of mounts inside the pod's folder. */
  #inRoot(server: Server, text: string, mounts: readonly (readonly [string, string])[] = []): string {
    const root = this.#root(server)
    const own = ['/qdrant/scripts', '/qdrant/config', '/qdrant/storage', '/qdrant/tools', '/qdrant/tls', '/etc/annotations'].map(
      (mount) => [mount, root + mount] as const,
    )
    let result = text
    for (const [mount, target] of [...mounts, ...own]) {
      result = result.replace(new RegExp(`(?<![\\w./-])${mount.replaceAll('.', '\\.')}(?![\\w-])`, 'g'), target)
    }
    return result
  }

  /** Sets the wanted number of replicas; pods that run keep their variables. */
  replicas(count: number): void {
    this.#replicas = count
    for (const server of this.lab.cluster.servers) this.#mount(server)
  }

  /** Runs what the operator or the kubelet would run. */
  async run(
    server: Server,
    call: CallOrProblem,
    env: Readonly<Record<string, string>> = {},
    mounts: readonly (readonly [string, string])[] = [],
  ): Promise<Ended> {
    if ('problem' in call) throw new Error(call.problem)
    if (call.environment.problems.length > 0) throw new Error(call.environment.problems.join('\n'))
    const [program = '', ...args] = call.argv.map((text) => this.#inRoot(server, text, mounts))
    const given = Object.fromEntries([...call.environment.variables].map(([name, value]) => [name, this.#inRoot(server, value, mounts)]))
    // Of what the lab gives its scripts elsewhere, only what makes them fast and leads them to the fakes.
    const fixtures = Object.fromEntries(Object.entries(this.lab.env(server)).filter(([name]) => !GIVEN_BY_THE_CHART.includes(name)))
    return execute(program, { ...given, ...fixtures, ...env }, args)
  }

  /** Starts a pod with the command of its container. */
  async start(ordinal: number): Promise<Ended> {
    const server = this.lab.cluster.at(ordinal)
    this.#started[ordinal] = this.#replicas
    const args = path.join(this.lab.directory, server.pod, 'args')
    rmSync(args, { force: true })
    const pods = this.pods()
    const ended = await this.run(server, containerCall(pods, this.#engine(pods), ordinal))
    // The fakes know one name of each pod.
    const name = (text: string) => (server.fqdn.endsWith('.svc') ? text.replaceAll('.svc.cluster.local', '.svc') : text)
    if (existsSync(args)) this.lab.cluster.boot(server, name(readFileSync(args, 'utf8')).split('\n').slice(1))
    return ended
  }

  #engine(pods: Pods) {
    const container = containerNamed(pods, 'qdrant')
    if (container === undefined) throw new Error('there is no container qdrant')
    return container
  }

  /** The pods as a running pod knows them. */
  #running(ordinal: number): Pods {
    return this.pods(this.#started[ordinal] ?? this.#replicas)
  }

  async probe(ordinal: number, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const pods = this.#running(ordinal)
    return this.run(this.lab.cluster.at(ordinal), hookCall(pods, this.#engine(pods), 'readinessProbe', ordinal), env)
  }

  /** Whether pods run something before they stop. */
  get hasPreStop(): boolean {
    const pods = this.pods()
    return !('problem' in hookCall(pods, this.#engine(pods), 'preStop', 0))
  }

  async preStop(ordinal: number, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const pods = this.#running(ordinal)
    return this.run(this.lab.cluster.at(ordinal), hookCall(pods, this.#engine(pods), 'preStop', ordinal), env)
  }

  /** Takes the last pod away as the operator does: by its action, called until it succeeds, or by the hook of the container that stops. */
  async scaleIn(): Promise<Ended> {
    const last = this.#replicas - 1
    const server = this.lab.cluster.at(last)
    this.replicas(last)
    const call = lifecycleCall(this.#running(last), 'memberLeave', last)
    if ('problem' in call) return this.preStop(last)
    let ended = await this.run(server, call)
    for (let attempt = 1; attempt < 10 && ended.code !== 0; attempt += 1) ended = await this.run(server, call)
    return ended
  }

  async backUp(store: string, run: BackupRun): Promise<Ended[]> {
    return this.#runJobs(saveJobs(this.pods(), this.generation.objects, run), store)
  }

  /** Restores: what happens on the volumes before pods run, and what happens when they do. */
  async restore(store: string, run: BackupRun, sources: readonly string[]): Promise<Ended[]> {
    const ended: Ended[] = []
    for (const phase of ['before', 'running'] as const) {
      const jobs = restoreJobs(this.pods(), this.generation.objects, run, phase, sources)
      if (!('problem' in jobs)) ended.push(...(await this.#runJobs(jobs, store)))
    }
    return ended
  }

  async #runJobs(made: JobsOrProblem, store: string): Promise<Ended[]> {
    if ('problem' in made) throw new Error(made.problem)
    mkdirSync(store, { recursive: true })
    const bin = path.join(this.lab.directory, 'datasafed')
    if (!existsSync(bin)) {
      mkdirSync(bin)
      this.lab.executable(path.join(bin, 'datasafed'), DATASAFED)
    }
    // The job before the pods run has the backup at `/<name>`, which is not replaced: it compares that path as a text and reads nothing.
    // Jobs have none of the pod's mounts: what they must not find is not there.
    const absent = ['/qdrant/tls', path.join(this.lab.directory, 'not-mounted')] as const
    const mounts = [['/backupdata', store] as const, ['/bin/datasafed', bin] as const, absent]
    return Promise.all(
      made.jobs.map((job) => {
        const server = this.lab.cluster.at(job.ordinal)
        return this.run(server, withoutPath(job), { DATASAFED_STORE: store }, [...mounts, ...this.#shared(job)])
      }),
    )
  }

  /** The folder that a job shares with the container that reports its size. */
  #shared({ ordinal, environment }: Call & { readonly ordinal: number }): readonly (readonly [string, string])[] {
    const file = environment.variables.get('DP_BACKUP_INFO_FILE')
    if (file === undefined) return []
    const folder = path.join(this.lab.directory, `shared-${ordinal}`)
    mkdirSync(folder, { recursive: true })
    return [[path.posix.dirname(file), folder]]
  }

  async close(): Promise<void> {
    await this.lab.close()
  }
}

/** An image brings its own PATH; jobs find their tools in the lab's. */
function withoutPath(call: Call): Call {
  return { ...call, environment: { ...call.environment, variables: new Map([...call.environment.variables].filter(([name]) => name !== 'PATH')) } }
}
