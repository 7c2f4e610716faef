import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The files of a folder as KubeBlocks mounts it: those of `tls` in a definition. */
export const CERTIFICATE_FILES = ['ca.crt', 'tls.crt', 'tls.key'] as const

/** Makes an authority and a certificate that it signed, as KubeBlocks does: for the pods of a component, localhost, and its addresses. */
export function makeCertificates(folder: string, pods: string): void {
  mkdirSync(folder, { recursive: true })
  const names = `DNS:localhost,DNS:*.${pods},IP:127.0.0.1,IP:::1`
  const config = `[req]\ndistinguished_name = name\n[name]\n[ca]\nbasicConstraints = critical,CA:TRUE\n[server]\nsubjectAltName = ${names}\n`
  writeFileSync(path.join(folder, 'openssl.cnf'), config)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'openssl.cnf']
  openssl(folder, 'req', '-x509', ...key, '-days', '2', '-extensions', 'ca', '-subj', '/CN=test', '-keyout', 'ca.key', '-out', 'ca.crt')
  openssl(folder, 'req', ...key, '-subj', '/CN=qdrant peer', '-keyout', 'tls.key', '-out', 'tls.csr')
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'openssl.cnf', '-extensions', 'server']
  openssl(folder, 'x509', '-req', '-in', 'tls.csr', ...signed, '-days', '2', '-out', 'tls.crt')
}

function openssl(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`)
}
