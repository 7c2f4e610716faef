import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { FakeCluster, Server } from './cluster.ts'
import { Refusal, UnknownPath } from './model.ts'
import { route } from './routes.ts'

/** What a route answers: JSON in Qdrant's envelope, or bytes. */
export interface Answer {
  readonly result?: unknown
  readonly bytes?: Buffer
}

/** A listening fake: the port of each pod. */
export interface Listening {
  readonly ports: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** Lets every pod of a cluster listen on a port of its own, with TLS when there is a folder of certificates. A pod that is down closes connections at once. */
export async function listen(cluster: FakeCluster, certificates?: string): Promise<Listening> {
  const ports = new Map<string, number>()
  const servers: (http.Server | https.Server)[] = []
  for (const server of cluster.servers) {
    const answer: http.RequestListener = (request, response) => void handle(cluster, server, request, response)
    const listener = certificates === undefined ? http.createServer(answer) : https.createServer(pair(certificates), answer)
    listener.keepAliveTimeout = 1
    listener.on('connection', (socket) => {
      if (server.health === 'down') socket.destroy()
    })
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
    ports.set(server.fqdn, (listener.address() as AddressInfo).port)
    servers.push(listener)
  }
  return {
    ports,
    async close() {
      for (const listener of servers) {
        listener.closeAllConnections()
        await new Promise((done) => listener.close(done))
      }
    },
  }
}

/** Lets the service of a cluster listen: each request goes to the next pod that is up, as with connections of their own. */
export async function listenService(cluster: FakeCluster, certificates?: string): Promise<{ readonly port: number; close(): Promise<void> }> {
  let turn = 0
  const answer: http.RequestListener = (request, response) => {
    const up = cluster.servers.filter(({ health }) => health !== 'down')
    const server = up[turn++ % up.length]
    if (server === undefined) request.socket.destroy()
    else void handle(cluster, server, request, response)
  }
  const listener = certificates === undefined ? http.createServer(answer) : https.createServer(pair(certificates), answer)
  listener.keepAliveTimeout = 1
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  return {
    port: (listener.address() as AddressInfo).port,
    async close() {
      listener.closeAllConnections()
      await new Promise((done) => listener.close(done))
    },
  }
}

function pair(folder: string): https.ServerOptions {
  return { cert: readFileSync(path.join(folder, 'tls.crt')), key: readFileSync(path.join(folder, 'tls.key')) }
}

/** Paths that Qdrant answers without a key (src/actix/mod.rs). */
const WITHOUT_KEY = ['/', '/healthz', '/readyz', '/livez']

async function handle(cluster: FakeCluster, server: Server, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake')
  const method = request.method ?? 'GET'
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return
  }
  cluster.requests.push(`${server.pod} ${method} ${url.pathname}`)
  const fate = server.health === 'hanging' ? 'hang' : cluster.intercept(server, method, url.pathname)
  if (fate === 'hang') return
  const key = cluster.options.apiKey
  if (key !== undefined && request.headers['api-key'] !== key && !WITHOUT_KEY.includes(url.pathname)) {
    // Refused keys are answered in plain text (src/actix/auth.rs).
    response.writeHead(401, { 'content-type': 'text/plain' })
    response.end(request.headers['api-key'] === undefined ? 'Must provide an API key or an Authorization bearer token' : 'Invalid API key or JWT')
    return
  }
  try {
    if (fate === 'fail') throw new Refusal(500, 'Service internal error: broken by the test')
    if (fate === 'unaware') throw new Refusal(404, `Not found: Collection \`${url.pathname.split('/')[2]}\` doesn't exist!`)
    const answer = await route(cluster, server, { method, url, body: Buffer.concat(chunks), type: request.headers['content-type'] ?? '' })
    if (fate === 'lost') request.socket.destroy()
    else if (answer.bytes !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': answer.bytes.length })
      response.end(answer.bytes)
    } else {
      json(response, 200, { result: answer.result, status: 'ok', time: 0.001 })
    }
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500
    if (error instanceof UnknownPath) {
      response.writeHead(status)
      response.end()
      return
    }
    json(response, status, { status: { error: error instanceof Error ? error.message : String(error) }, time: 0.001 })
  }
}

function json(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
