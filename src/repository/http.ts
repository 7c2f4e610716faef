import { Fault, messageOf } from '../diagnostics/index.ts'
import { sha256 } from '../tree/index.ts'
import type { Source } from './backend.ts'

/** How long an answer may take, in milliseconds. */
const TIME = 60_000

/** Reads a repository over HTTP, as Helm does. What is there cannot be listed. */
export function httpSource(url: string): Source {
  const root = url.replace(/\/+$/, '')
  // Passwords that stand in a URL are no part of what is printed.
  const shown = root.replace(/^(https?:\/\/)[^/@]*@/, '$1')
  return {
    shown,
    async read(path, maxBytes) {
      const at = `${shown}/${path}`
      let response: Response
      try {
        response = await fetch(`${root}/${path.split('/').map(encodeURIComponent).join('/')}`, { signal: AbortSignal.timeout(TIME) })
      } catch (error) {
        throw new Fault(`${at} cannot be fetched: ${causeOf(error)}.`, { cause: error })
      }
      if (response.status === 404 || response.status === 410) {
        await response.body?.cancel()
        return undefined
      }
      if (!response.ok) {
        await response.body?.cancel()
        throw new Fault(`${at} cannot be fetched: the server answers ${response.status}.`)
      }
      const bytes = await readBody(response, maxBytes, at)
      return { bytes, tag: sha256(bytes) }
    },
    list: async () => undefined,
  }
}

async function readBody(response: Response, maxBytes: number, at: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length
      if (length > maxBytes) throw new Fault(`${at} has more than ${maxBytes} bytes.`)
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(`${at} cannot be fetched: ${causeOf(error)}.`, { cause: error })
  }
  return Buffer.concat(pieces)
}

/** What fetch failed with: it tells that it failed, and why one level below. */
function causeOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error)
}
