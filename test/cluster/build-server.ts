import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../src/helm/fetch.ts'
import { ROOT } from '../support/workspace.ts'

type Env = Readonly<Record<string, string | undefined>>

/** The Go module that pins etcd, kube-apiserver and, in go.sum, what both are made of. */
const MODULE = join(ROOT, 'test/cluster/server')

/** The Go that the module asks for. */
const GO_MINOR = 24

/** Go on PATH or where its installer puts it; undefined where there is none that is new enough. */
export function findGo(env: Env): string | undefined {
  return ['go', '/usr/local/go/bin/go'].find((go) => {
    const { stdout } = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8', env: { ...env, GOTOOLCHAIN: 'local' }, cwd: '/' })
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
    return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= GO_MINOR)
  })
}

/** The folder with etcd and kube-apiserver, if they were built before. */
export function binariesInCache(env: Env): string | undefined {
  const folder = targetFolder(env)
  return existsSync(folder) ? folder : undefined
}

/** Builds etcd and kube-apiserver from the module into the cache, with the checksums of go.sum; returns the folder. Takes many minutes. */
export function buildServer(go: string, env: Env): string {
  const target = targetFolder(env)
  mkdirSync(cacheFolder(env), { recursive: true })
  const folder = mkdtempSync(join(cacheFolder(env), 'build-'))
  try {
    for (const { name, path, flags } of binaries()) {
      console.log(`building ${name} with ${go}, once; kept in ${target}`)
      const started = Date.now()
      const args = [go, 'build', '-p', '1', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', flags, '-o', join(folder, name), path]
      const { status, stderr, error } = spawnSync('nice', ['-n', '10', ...args], {
        cwd: MODULE,
        encoding: 'utf8',
        maxBuffer: 1e8,
        env: { ...env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '' },
      })
      if (status !== 0) throw new Error(`${name} could not be built: ${error?.message ?? stderr}`)
      console.log(`built ${name} in ${Math.round((Date.now() - started) / 1000)} s`)
    }
    renameSync(folder, target)
    return target
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Binary {
  readonly name: string
  readonly path: string
  readonly flags: string
}

function binaries(): readonly Binary[] {
  const [, major = '', minor = ''] = kubernetesVersion().split(/[v.]/)
  // Without these it calls itself v0.0.0, and Helm refuses charts that ask for a version of Kubernetes.
  const version = [`gitVersion=${kubernetesVersion()}`, `gitMajor=${major}`, `gitMinor=${minor}`]
  return [
    { name: 'etcd', path: 'go.etcd.io/etcd/server/v3', flags: '-s -w' },
    {
      name: 'kube-apiserver',
      path: 'k8s.io/kubernetes/cmd/kube-apiserver',
      flags: `-s -w ${version.map((one) => `-X k8s.io/component-base/version.${one}`).join(' ')}`,
    },
  ]
}

/** `v1.34.4`, as go.mod has it. */
function kubernetesVersion(): string {
  return /k8s\.io\/kubernetes (v\S+)/.exec(moduleFile('go.mod'))?.[1] ?? ''
}

/** What is pinned names the folder, so that a change builds again. */
function targetFolder(env: Env): string {
  const pinned = createHash('sha256').update(JSON.stringify([moduleFile('go.mod'), moduleFile('go.sum'), binaries()]))
  return join(cacheFolder(env), `kube-apiserver-${kubernetesVersion()}-${pinned.digest('hex').slice(0, 12)}`)
}

function moduleFile(name: string): string {
  return readFileSync(join(MODULE, name), 'utf8')
}
