import { Agent, request } from 'node:https'
import { listAt, textAt } from '../../src/objects/index.ts'
import { readKubeconfig } from './kubeconfig.ts'

/** What an API server answered. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  /** What it said in headers `Warning`. */
  readonly warnings: readonly string[]
}

/** What is sent. */
export interface Content {
  readonly type: 'application/json' | 'application/yaml' | 'application/merge-patch+json'
  readonly text: string
}

/** An API server. */
export interface ClusterApi {
  request(method: string, path: string, content?: Content): Promise<Answer>
  /** Path of an object's list, and whether it lies in a namespace. */
  pathOf(object: unknown, namespace: string): Promise<{ readonly list: string; readonly one: string; readonly isNamespaced: boolean }>
  close(): void
}

/** Opens the API server of a kubeconfig. */
export function openApi(kubeconfig: string): ClusterApi {
  const { server, token, ...tls } = readKubeconfig(kubeconfig)
  const agent = new Agent({ keepAlive: true, ...defined(tls) })
  const send = (method: string, path: string, content?: Content) =>
    new Promise<Answer>((resolve, reject) => {
      const headers = {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(content === undefined ? {} : { 'content-type': content.type }),
      }
      const sent = request(new URL(path, server), { method, agent, headers, timeout: 60_000 }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ status: response.statusCode ?? 0, body: jsonOf(text), warnings: warningsOf(response.headers.warning) })
        })
      })
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in 60 s`)))
      sent.on('error', reject)
      sent.end(content?.text)
    })
  const known = new Map<string, Promise<unknown>>()
  return {
    request: send,
    async pathOf(object, namespace) {
      const apiVersion = textAt(object, 'apiVersion') ?? ''
      const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
      const resources = known.get(base) ?? send('GET', base).then(({ body }) => body)
      known.set(base, resources)
      const kind = textAt(object, 'kind')
      const resource = listAt(await resources, 'resources').find((one) => textAt(one, 'kind') === kind && !textAt(one, 'name')?.includes('/'))
      const plural = textAt(resource, 'name')
      if (plural === undefined) throw new Error(`the API server has no ${kind} of ${apiVersion}`)
      const isNamespaced = Object(resource).namespaced === true
      const inside = isNamespaced ? `/namespaces/${textAt(object, 'metadata', 'namespace') ?? namespace}` : ''
      const list = `${base}${inside}/${plural}`
      return { list, one: `${list}/${textAt(object, 'metadata', 'name')}`, isNamespaced }
    },
    close: () => agent.destroy(),
  }
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The texts of `299 - "text"`, which come joined by commas. */
function warningsOf(header: string | string[] | undefined): readonly string[] {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '')
  return [...text.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, words = '']) => words.replaceAll(/\\(.)/g, '$1'))
}
