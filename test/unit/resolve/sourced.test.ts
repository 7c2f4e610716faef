import { expect, test } from 'vitest'
import { releases } from '../../../src/targets/index.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const pair = (env: object) => ({
  ...SMALL,
  components: {
    ...SMALL.components,
    watcher: { scripts: { files: ['start.sh', 'lib.sh'] }, containers: { watcher: { image: 'tiny', mounts: { scripts: '/scripts' }, env } } },
  },
})
const files = (text: string) => ({ 'start.sh': `#!/bin/sh\n${text}\n`, 'lib.sh': '' })

test.each(releases.map(({ version }) => version))('KubeBlocks %s gives facts.sh to scripts that source it, whatever facts there are', (release) => {
  for (const env of [
    {},
    { PODS: { fact: 'podFQDNs', of: 'tiny', optional: true } },
    { NAMES: { fact: 'podNames' } },
    { UID: { fact: 'clusterUID' } },
  ]) {
    const { chart, diagnostics } = compileInMemory(pair(env), files('. "${0%/*}/facts.sh"'), release)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect([...(chart?.tree.keys() ?? [])]).toContainEqual(expect.stringMatching(/^files\/scripts\/watcher\/facts\.sh$/))
  }
})

test.each([
  '. "${0%/*}/lib.sh"',
  '. ./lib.sh && start',
  '. "$DIR/other.sh"',
  'cd /opt && . ./env.sh',
  '[ -r "${0%/*}/x.sh" ] && . "${0%/*}/x.sh"',
  '# . ./x.sh',
])('%j is good', (text) => {
  expect(resolveInMemory(pair({}), files(text)).diagnostics).toEqual([])
})

test.each([
  ['. "${0%/*}/lip.sh"', '2:12'],
  ['set -e; . ./lip.sh', '2:13'],
  ['. "$(dirname "$0")/lip.sh"', '2:20'],
])('%j has no such script', (text, at) => {
  const { diagnostics } = resolveInMemory(pair({}), files(text))
  expect(diagnostics.map(({ code, place, hint }) => `${code} ${place?.file}:${place?.line}:${place?.column} ${hint}`)).toEqual([
    `addon/reference start.sh:${at} did you mean "lib.sh"?`,
  ])
})
