import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readKubeconfig, whyNotBorrowed } from '../../cluster/kubeconfig.ts'
import { createWorkspace } from '../../support/workspace.ts'

function kubeconfig(server: string, user: object): string {
  const config = {
    'current-context': 'b',
    clusters: [
      { name: 'a', cluster: { server: 'https://a.example.com' } },
      { name: 'c', cluster: { server, 'certificate-authority-data': Buffer.from('the CA').toString('base64') } },
    ],
    contexts: [
      { name: 'a', context: { cluster: 'a', user: 'u' } },
      { name: 'b', context: { cluster: 'c', user: 'u' } },
    ],
    users: [{ name: 'u', user }],
  }
  return join(createWorkspace({ config: JSON.stringify(config), 'tls/cert.pem': 'the certificate', 'tls/key.pem': 'the key' }).path, 'config')
}

test('the current context says where the server is; files lie beside the kubeconfig', () => {
  const path = kubeconfig('https://127.0.0.1:6443', { 'client-certificate': 'tls/cert.pem', 'client-key': 'tls/key.pem' })
  expect(readKubeconfig(path)).toEqual({ server: 'https://127.0.0.1:6443', ca: 'the CA', token: undefined, cert: 'the certificate', key: 'the key' })
})

describe('a cluster that someone has', () => {
  test.each(['https://127.0.0.1:6443', 'https://localhost:6443', 'https://[::1]:6443'])('is tested with when it is on this machine: %s', (server) => {
    expect(whyNotBorrowed(kubeconfig(server, { token: 't' }))).toBeUndefined()
  })

  test.each(['https://k8s.example.com', 'https://10.0.0.1:6443', 'https://127.0.0.1.example.com', 'https://localhost.example.com'])(
    'is left alone when it is elsewhere: %s',
    (server) => {
      expect(whyNotBorrowed(kubeconfig(server, { token: 't' }))).toBe(`KUBECONFIG names ${server}, which is not on this machine`)
    },
  )

  test('is left alone when the tests cannot say who they are', () => {
    expect(whyNotBorrowed(kubeconfig('https://127.0.0.1:6443', { exec: { command: 'login' } }))).toMatch(/neither a token nor a client certificate/)
  })

  test('is not looked for in several files', () => {
    expect(whyNotBorrowed('/a/config:/b/config')).toBe('KUBECONFIG names /a/config:/b/config, which is not a file')
  })
})
