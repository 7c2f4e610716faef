import { spawnSync } from 'node:child_process'
import { inject } from 'vitest'
import { helmPath } from '../support/helm.ts'
import type { Run } from '../support/workspace.ts'

/** Runs a Helm against the API server, with folders of its own. */
export function helmAt(major: 3 | 4, home: string, args: readonly string[]): Run {
  const { stdout, stderr, status } = spawnSync(helmPath(major), args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: 120_000,
    env: { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: inject('kubeconfig') },
  })
  return { stdout, stderr, exitCode: status }
}
