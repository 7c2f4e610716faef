import { open, realpath, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { errnoOf, Fault, messageOf } from '../diagnostics/index.ts'

/** A server that is listening. */
export interface Serving {
  readonly url: string
  /** Ends it, connections that are open included. */
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  yaml: 'application/yaml; charset=utf-8',
  tgz: 'application/gzip',
  prov: 'text/plain; charset=utf-8',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
}

/** Serves a repository on this machine alone, for trying out: files as they are, nothing hidden, nothing outside of it. */
export async function serve(root: string, port: number): Promise<Serving> {
  const home = await realpath(root)
  const server = createServer((request, response) => {
    answer(request, response, home).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await listen(server, port)
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error) => {
      const why = errnoOf(error) === 'EADDRINUSE' ? 'another program uses it' : messageOf(error)
      failed(new Fault(`Port ${port} cannot be listened on: ${why}.`, { cause: error, fix: 'Choose another one with --port.' }))
    })
    server.listen(port, '127.0.0.1', done)
  })
}

async function answer(request: IncomingMessage, response: ServerResponse, home: string): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, { allow: 'GET, HEAD' })
  const file = await find(request.url ?? '/', home)
  if (file === undefined) return end(response, 404)
  // Opened once: what is renamed over it meanwhile is for the next request.
  const handle = await open(file)
  try {
    const { size, mtime } = await handle.stat()
    response.writeHead(200, {
      'content-type': TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'content-length': size,
      'last-modified': mtime.toUTCString(),
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    if (request.method === 'HEAD' || size === 0) response.end()
    else await pipeline(handle.createReadStream({ end: size - 1, autoClose: false }), response)
  } finally {
    await handle.close()
  }
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
  response.end(`${status}\n`)
}

/** The plain file that a request means; nothing for what is not there, hidden, or outside. */
async function find(url: string, home: string): Promise<string | undefined> {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    const steps = path.split('/').filter((step) => step !== '')
    if (steps.some((step) => step.startsWith('.') || /[\\\p{Cc}]/u.test(step))) return undefined
    const file = await realpath(join(home, ...steps))
    return file.startsWith(`${home}${sep}`) && (await stat(file)).isFile() ? file : undefined
  } catch {
    return undefined
  }
}
