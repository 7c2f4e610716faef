import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { listAt, textAt } from '../../src/objects/index.ts'

/** Where an API server is, and how it is spoken to. */
export interface Access {
  readonly server: string
  readonly ca: string | undefined
  readonly token: string | undefined
  readonly cert: string | undefined
  readonly key: string | undefined
}

/** Reads the current context of a kubeconfig. */
export function readKubeconfig(path: string): Access {
  const config: unknown = parse(readFileSync(path, 'utf8'))
  const named = (list: string, name: string | undefined) => listAt(config, list).find((one) => textAt(one, 'name') === name)
  const context = named('contexts', textAt(config, 'current-context'))
  const cluster = named('clusters', textAt(context, 'context', 'cluster'))
  const user = named('users', textAt(context, 'context', 'user'))
  const server = textAt(cluster, 'cluster', 'server')
  if (server === undefined) throw new Error(`${path} has no current context with a cluster`)
  const content = (owner: unknown, kind: string, key: string): string | undefined => {
    const data = textAt(owner, kind, `${key}-data`)
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8')
    const file = textAt(owner, kind, key)
    return file === undefined ? undefined : readFileSync(resolve(dirname(path), file), 'utf8')
  }
  return {
    server,
    ca: content(cluster, 'cluster', 'certificate-authority'),
    token: textAt(user, 'user', 'token'),
    cert: content(user, 'user', 'client-certificate'),
    key: content(user, 'user', 'client-key'),
  }
}

/** Why a cluster that someone has is not tested with: the tests install and remove CustomResourceDefinitions, which nobody wants in a cluster in use. */
export function whyNotBorrowed(path: string): string | undefined {
  if (!existsSync(path)) return `KUBECONFIG names ${path}, which is not a file`
  const { server, token, cert } = readKubeconfig(path)
  const { hostname } = new URL(server)
  if (!/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return `KUBECONFIG names ${server}, which is not on this machine`
  if (token === undefined && cert === undefined) return 'KUBECONFIG has neither a token nor a client certificate'
  return undefined
}
