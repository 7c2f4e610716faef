import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApi } from './api.ts'

/** A running API server. */
export interface Server {
  /** Path of its kubeconfig. */
  readonly kubeconfig: string
  /** Ends it, and removes all it wrote. */
  stop(): Promise<void>
}

/** Seconds until a server that is not ready has failed. */
const PATIENCE = 120

/** Starts the etcd and kube-apiserver of a folder on the loopback interface, with certificates and a token of their own, and waits until they are ready. */
export async function startServer(binaries: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'addonsmith-cluster-'))
  const [client, peer, secure] = await freePorts(3)
  const running: Process[] = []
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    running.push(run(join(binaries, 'etcd'), etcdFlags(folder, `http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`), join(folder, 'etcd.log')))
    const token = randomBytes(16).toString('hex')
    const flags = apiServerFlags(folder, `http://127.0.0.1:${client}`, String(secure), token)
    running.push(run(join(binaries, 'kube-apiserver'), flags, join(folder, 'kube-apiserver.log')))
    const kubeconfig = join(folder, 'kubeconfig')
    await until(() => existsSync(join(folder, 'certs/apiserver.crt')) && existsSync(join(folder, 'certs/apiserver.key')), folder)
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(folder, `https://127.0.0.1:${secure}`, token)), { mode: 0o600 })
    const api = openApi(kubeconfig)
    const isReady = () =>
      api.request('GET', '/readyz').then(
        ({ status }) => status === 200,
        () => false,
      )
    await until(isReady, folder)
    api.close()
    return { kubeconfig, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Process {
  stop(): Promise<void>
}

/**
 * Runs a server below a shell that waits for the end of its input: it comes with `stop`, and also when the process of the tests is killed, so that no
 * server is ever left running. What it has in memory is worth nothing.
 */
function run(binary: string, flags: readonly string[], log: string): Process {
  const output = openSync(log, 'a')
  const script = '"$@" & server=$!; read -r _; kill -9 "$server"; wait "$server"'
  const child: ChildProcess = spawn('sh', ['-c', script, 'sh', binary, ...flags], { stdio: ['pipe', output, output] })
  closeSync(output)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return {
    async stop() {
      child.stdin?.end()
      await ended
    },
  }
}

function etcdFlags(folder: string, client: string, peer: string): readonly string[] {
  const data = ['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync']
  const clients = ['--listen-client-urls', client, '--advertise-client-urls', client]
  const peers = ['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`]
  return [...data, ...clients, ...peers]
}

function apiServerFlags(folder: string, etcd: string, port: string, token: string): readonly string[] {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--secure-port=${port}`,
    // It makes its certificate itself.
    `--cert-dir=${join(folder, 'certs')}`,
    `--token-auth-file=${write('tokens.csv', `${token},tests,tests,system:masters\n`)}`,
    '--authorization-mode=RBAC',
    `--service-account-key-file=${write('service-account.pub', publicKey)}`,
    `--service-account-signing-key-file=${write('service-account.key', privateKey)}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    // No controller makes the service account that Pods of a namespace have by default.
    '--disable-admission-plugins=ServiceAccount',
  ]
}

function kubeconfigOf(folder: string, server: string, token: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'tests', cluster: { server, 'certificate-authority': join(folder, 'certs/apiserver.crt') } }],
    users: [{ name: 'tests', user: { token } }],
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'tests' } }],
    'current-context': 'tests',
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => {
            const address = server.address()
            resolve(typeof address === 'object' && address !== null ? address.port : 0)
          })
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Waits until something is so; fails with the last words of both servers. */
async function until(isSo: () => boolean | Promise<boolean>, folder: string): Promise<void> {
  const end = Date.now() + PATIENCE * 1000
  while (!(await isSo())) {
    if (Date.now() > end) {
      const words = ['etcd.log', 'kube-apiserver.log'].map((name) => `${name}:\n${readFileSync(join(folder, name), 'utf8').slice(-3000)}`)
      throw new Error(`the API server was not ready after ${PATIENCE} s\n${words.join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
