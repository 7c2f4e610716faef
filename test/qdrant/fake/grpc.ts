import { readFileSync } from 'node:fs'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { FakeCluster } from './cluster.ts'

/** HealthCheckReply of qdrant.proto: the title is field 1. */
const TITLE = 'qdrant - vector search engine'
const REPLY = Buffer.concat([Buffer.from([10, TITLE.length]), Buffer.from(TITLE)])

/** Lets a cluster listen for gRPC: HealthCheck, which needs no key (src/tonic/auth.rs), and nothing else. Its status comes after the body, as gRPC has it. */
export async function listenGrpc(cluster: FakeCluster, certificates?: string): Promise<{ readonly port: number; close(): Promise<void> }> {
  const read = (name: string): Buffer => readFileSync(path.join(certificates ?? '', name))
  const server = certificates === undefined ? http2.createServer() : http2.createSecureServer({ cert: read('tls.crt'), key: read('tls.key') })
  const sessions = new Set<http2.Http2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    if (cluster.servers.every(({ health }) => health === 'down')) session.destroy()
  })
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => answer(cluster, stream, headers, Buffer.concat(chunks)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const session of sessions) session.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

function answer(cluster: FakeCluster, stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, body: Buffer): void {
  cluster.requests.push(`grpc ${headers[':path']}`)
  const head = { ':status': 200, 'content-type': 'application/grpc' }
  const status = statusOf(cluster, headers, body)
  if (status !== 0) {
    stream.respond({ ...head, 'grpc-status': status }, { endStream: true })
    return
  }
  stream.respond(head, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, REPLY.length]), REPLY]))
}

/** The status of gRPC for a request; 0 when all is well. */
function statusOf(cluster: FakeCluster, headers: http2.IncomingHttpHeaders, body: Buffer): number {
  if (headers['content-type'] !== 'application/grpc' || headers.te !== 'trailers') return 3
  if (headers[':path'] !== '/qdrant.Qdrant/HealthCheck') return 12
  const [server] = cluster.servers
  if (server !== undefined && cluster.intercept(server, 'POST', headers[':path']) === 'fail') return 13
  // One message without compression and without fields.
  return body.equals(Buffer.alloc(5)) ? 0 : 13
}
