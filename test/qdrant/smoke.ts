import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { listenGrpc } from './fake/grpc.ts'
import { listenService } from './fake/http.ts'
import { type Ended, execute, type Lab, SCRIPTS, SMOKE } from './lab.ts'

/** How a run differs from the usual one. */
export interface SmokeOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Certificates of the servers, when they are not those that pods have mounted. */
  readonly certificates?: string
  /** Lets a test see the file that runs. */
  readonly run?: (file: string, env: Readonly<Record<string, string>>) => Promise<Ended>
}

/** The text of the test as the chart has it: its files one after the other. */
export function smokeText(): string {
  return [path.join(SCRIPTS, 'lib.sh'), SMOKE].map((file) => readFileSync(file, 'utf8').replace(/^#!.*\n/, '')).join('\n')
}

/** Runs the test of a cluster as `helm test` does: in a pod that has nothing of the cluster's pods, and comes by the service. */
export async function smoke(world: Lab, options: SmokeOptions = {}): Promise<Ended> {
  const { apiKey, tls } = world.cluster.options
  const certificates = options.certificates ?? (tls === true ? world.certificates : undefined)
  const home = path.join(world.directory, 'smoke/jobs')
  mkdirSync(home, { recursive: true })
  const file = path.join(home, 'smoke.sh')
  // Traced, the parts are sourced where they lie, so that the trace names their lines.
  const sourced = `. ${path.join(SCRIPTS, 'lib.sh')}\n. ${SMOKE}\n`
  world.executable(file, `#!/bin/sh\n${world.shell === 'traced' ? sourced : smokeText()}`)
  const [rest, grpc] = await Promise.all([listenService(world.cluster, certificates), listenGrpc(world.cluster, certificates)])
  const host = 'c-qdrant.ns.svc'
  // Real curl reads this file first: the service's name, and no other, leads here.
  writeFileSync(path.join(home, '.curlrc'), [rest, grpc].map(({ port }) => `resolve = "${host}:${port}:127.0.0.1"\n`).join(''))
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    ...(process.env.QDRANT_TRACE === undefined ? {} : { QDRANT_TRACE: process.env.QDRANT_TRACE }),
    CURL_HOME: home,
    CLUSTER_NAME: 'c',
    CLUSTER_NAMESPACE: 'ns',
    SERVICE_HOST: host,
    SERVICE_PORT: String(rest.port),
    SERVICE_PORT_TCP_QDRANT: String(rest.port),
    SERVICE_PORT_GRPC_QDRANT: String(grpc.port),
    TLS_ENABLED: tls === true ? 'true' : '',
    ...(tls === true ? { TLS_DIR: world.certificates } : {}),
    ...(apiKey === undefined ? {} : { QDRANT__SERVICE__API_KEY: apiKey }),
    ...TIMES,
    ...options.env,
  }
  try {
    return await (options.run ?? execute)(file, env)
  } finally {
    await Promise.all([rest.close(), grpc.close()])
  }
}

/** Times that let tests run fast; production has its own defaults. */
const TIMES = {
  CONNECT_TIMEOUT: '1',
  STATE_TIMEOUT: '1',
  REQUEST_TIMEOUT: '2',
  SERVICE_WAIT: '2',
  STEP_WAIT: '2',
  CLEANUP_WAIT: '2',
  SMOKE_POLL: '0.1',
}
