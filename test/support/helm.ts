import { spawnSync } from 'node:child_process'
import { inject } from 'vitest'
import { parseAllDocuments } from 'yaml'

/** Major versions of Helm that the tests run with. */
export const HELMS: readonly (3 | 4)[] = [3, 4]

/** The ones there are on this machine; with CI_STRICT=1 both, so that a missing one fails. The global setup says which are missing. */
export const TESTED_HELMS: readonly (3 | 4)[] = HELMS.filter((major) => inject('helm')[major] !== '' || process.env.CI_STRICT === '1')

/** Path of a Helm; empty where there is none, so that a test can skip with `ctx.skip(helmPath(4) === '', 'no Helm 4')`. */
export function helmPath(major: 3 | 4): string {
  return inject('helm')[major]
}

/** Runs Helm and returns what it printed; throws with its words when it fails. */
export function runHelm(major: 3 | 4, args: readonly string[], input?: string): string {
  const { stdout, stderr, status } = spawnSync(helmPath(major), args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    timeout: 60_000,
    ...(input === undefined ? {} : { input }),
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** Objects that `helm template` prints, read as Helm reads YAML. */
export function renderedObjects(output: string): readonly unknown[] {
  return parseAllDocuments(output, { version: '1.1', merge: true, uniqueKeys: false })
    .map((document) => document.toJS() as unknown)
    .filter((value) => value !== null)
}
