import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a command printed and how it ended. */
export interface Ended {
  readonly out: string
  readonly code: number | null
}

const SWITCH = 'addonsmith-sw'
const fqdn = (pod: number) => `c-qdrant-${pod}.c-qdrant-headless.ns.svc`

/** Why pods with a real server cannot be had here; nothing when they can. */
export function whyNot(): string | undefined {
  if (!process.env.QDRANT_BIN) return 'QDRANT_BIN names no server'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  const missing = ['ip', 'unshare', 'curl', 'jq'].find((tool) => spawnSync('which', [tool]).status !== 0)
  return missing === undefined ? undefined : `there is no ${missing}`
}

/**
 * Pods that run a real Qdrant with the files of the chart. Each has a network namespace with an address of its own, names for all pods, and the paths
 * of a container: /qdrant and /etc/annotations. Nothing leaves the machine.
 */
export class RealPods {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'addonsmith-pods-'))
  readonly #count: number

  /** `files` are the files of the chart by path. */
  constructor(count: number, files: ReadonlyMap<string, Uint8Array>) {
    this.#count = count
    mkdirSync(join(this.directory, 'annotations'))
    for (let pod = 0; pod < count; pod++) this.#furnish(pod, files)
    this.replicas(count)
    sh(`ip netns add ${SWITCH}; ip netns exec ${SWITCH} ip link add br0 type bridge; ip netns exec ${SWITCH} ip link set br0 up`)
    const hosts = Array.from({ length: count }, (_, pod) => `10.77.0.${pod + 10} ${fqdn(pod)}\n`).join('')
    for (let pod = 0; pod < count; pod++) {
      const name = `addonsmith-${pod}`
      mkdirSync(`/etc/netns/${name}`, { recursive: true })
      writeFileSync(`/etc/netns/${name}/hosts`, `127.0.0.1 localhost\n${hosts}`)
      sh(`ip netns add ${name}; ip link add v${pod} netns ${name} type veth peer name p${pod} netns ${SWITCH}
        ip netns exec ${name} ip addr add 10.77.0.${pod + 10}/24 dev v${pod}; ip netns exec ${name} ip link set v${pod} up; ip netns exec ${name} ip link set lo up
        ip netns exec ${SWITCH} ip link set p${pod} master br0; ip netns exec ${SWITCH} ip link set p${pod} up`)
    }
  }

  #furnish(pod: number, files: ReadonlyMap<string, Uint8Array>): void {
    const folder = this.folder(pod)
    for (const name of ['config', 'storage', 'scripts', 'tools']) mkdirSync(join(folder, name), { recursive: true })
    cpSync(process.env.QDRANT_BIN ?? '', join(folder, 'qdrant'))
    for (const tool of ['curl', 'jq']) copyFileSync(spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), join(folder, 'tools', tool))
    for (const [path, bytes] of files) {
      const [, script] = /^files\/scripts\/qdrant\/(.*)$/.exec(path) ?? []
      if (script !== undefined) {
        writeFileSync(join(folder, 'scripts', script), bytes)
        chmodSync(join(folder, 'scripts', script), 0o555)
      } else if (path.endsWith('/config.yaml')) writeFileSync(join(folder, 'config/config.yaml'), bytes)
    }
  }

  /** The folder that the pod has as /qdrant. */
  folder(pod: number): string {
    return join(this.directory, `pod-${pod}`)
  }

  /** The wanted number of replicas, as the kubelet writes it. */
  replicas(count: number): void {
    writeFileSync(join(this.directory, 'annotations/component-replicas'), String(count))
  }

  #command(pod: number, args: readonly string[], env: Readonly<Record<string, string>>): readonly string[] {
    const mounts = `mkdir -p /qdrant /etc/annotations /backupdata; mount --bind '${this.folder(pod)}' /qdrant; mount --bind '${this.directory}/annotations' /etc/annotations
      mkdir -p '${this.directory}/backups'; mount --bind '${this.directory}/backups' /backupdata; cd /qdrant; exec "$@"`
    const operator = {
      KB_POD_NAME: `c-qdrant-${pod}`,
      POD_NAME: `c-qdrant-${pod}`,
      KB_CLUSTER_COMP_NAME: 'c-qdrant',
      KB_NAMESPACE: 'ns',
      KB_REPLICA_COUNT: String(this.#count),
    }
    const times = { FOUND_WAIT: '5', PRE_STOP_STABLE: '2', PRE_STOP_TIMEOUT: '120', QDRANT__TELEMETRY_DISABLED: 'true' }
    const variables = Object.entries({ PATH: '/usr/bin:/bin', ...operator, ...times, ...env }).map(([name, value]) => `${name}=${value}`)
    return ['netns', 'exec', `addonsmith-${pod}`, 'unshare', '-m', 'sh', '-c', mounts, 'sh', 'env', '-i', ...variables, ...args]
  }

  /** Runs a command in a pod. */
  run(pod: number, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
    const { stdout, stderr, status } = spawnSync('ip', this.#command(pod, args, env), { encoding: 'utf8', timeout: 300_000 })
    return { out: stdout + stderr, code: status }
  }

  /** The same, beside others. */
  runBeside(pod: number, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return new Promise((resolve) => {
      const child = spawn('ip', this.#command(pod, args, env), { stdio: ['ignore', 'pipe', 'pipe'] })
      let out = ''
      const take = (data: Buffer) => {
        out += data.toString()
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.on('close', (code) => resolve({ out, code }))
    })
  }

  /** Starts the container of a pod as the chart says, and again when it ends with an error, as the kubelet does. */
  start(pod: number): void {
    const again = 'while :; do sh -c "exec /qdrant/scripts/setup.sh" && exit 0; [ -e /qdrant/stop ] && exit 0; sleep 1; done'
    rmSync(join(this.folder(pod), 'stop'), { force: true })
    spawn('ip', this.#command(pod, ['sh', '-c', again], {}), { stdio: 'ignore', detached: true }).unref()
  }

  /** Stops the server of a pod with the stop signal. */
  stop(pod: number): void {
    writeFileSync(join(this.folder(pod), 'stop'), '')
    spawnSync('pkill', ['-TERM', '-f', '--', `--uri http://${fqdn(pod)}:6335`])
    for (let i = 0; i < 100 && spawnSync('pgrep', ['-f', '--', `--uri http://${fqdn(pod)}:6335`]).status === 0; i++) spawnSync('sleep', ['0.2'])
  }

  /** Waits until a pod is ready; fails after a minute. */
  async ready(pod: number): Promise<void> {
    for (let i = 0; i < 60; i++) {
      if (this.run(pod, ['/qdrant/scripts/ready.sh']).code === 0) return
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    throw new Error(`pod ${pod} is not ready`)
  }

  /** A request to the server of a pod; returns `result` of its answer. */
  api(pod: number, method: string, path: string, body?: unknown): unknown {
    const data = body === undefined ? [] : ['-H', 'content-type: application/json', '-d', JSON.stringify(body)]
    const { out } = this.run(pod, ['curl', '-s', '-m', '60', '-X', method, ...data, `http://localhost:6333${path}`])
    const answer = JSON.parse(out) as { result?: unknown; status: unknown }
    if (answer.result === undefined) throw new Error(out)
    return answer.result
  }

  close(): void {
    for (let pod = 0; pod < this.#count; pod++) this.stop(pod)
    for (let pod = 0; pod < this.#count; pod++) {
      sh(`ip netns del addonsmith-${pod}`)
      rmSync(`/etc/netns/addonsmith-${pod}`, { recursive: true, force: true })
    }
    sh(`ip netns del ${SWITCH}`)
    rmSync(this.directory, { recursive: true, force: true })
  }
}

function sh(script: string): void {
  const { status, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
