import { spawnSync } from 'node:child_process'
import { helmPath } from '../support/helm.ts'
import type { Run } from '../support/workspace.ts'

/** Runs a Helm against an API server, with folders of its own. */
export function helmAt(major: 3 | 4, kubeconfig: string, home: string, args: readonly string[]): Run {
  const { stdout, stderr, status } = spawnSync(helmPath(major), args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: 120_000,
    env: { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: kubeconfig },
  })
  return { stdout, stderr, exitCode: status }
}
