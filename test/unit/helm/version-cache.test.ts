import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachedVersion, rememberVersion } from '../../../src/helm/version-cache.ts'
import { createWorkspace } from '../../support/workspace.ts'

const LARGE = new Uint8Array(1024 * 1024)

test('a version is remembered until the binary changes', () => {
  const { path } = createWorkspace({ helm: LARGE, other: LARGE, script: '#!/bin/sh' })
  const env = { ADDONSMITH_CACHE: join(path, 'cache') }
  const helm = join(path, 'helm')
  expect(cachedVersion(helm, env)).toBeUndefined()
  rememberVersion(helm, '3.14.0', env)
  rememberVersion(join(path, 'other'), '4.0.0', env)
  expect(cachedVersion(helm, env)).toBe('3.14.0')
  expect(cachedVersion(join(path, 'other'), env)).toBe('4.0.0')
  rememberVersion(join(path, 'script'), '3.15.0', env)
  expect(cachedVersion(join(path, 'script'), env)).toBeUndefined()
  utimesSync(helm, 1, 1)
  expect(cachedVersion(helm, env)).toBeUndefined()
})

test.each(['', '[]', '{', 'null', '{"a":1}'])('a cache of %j is none', (text) => {
  const { path } = createWorkspace({ helm: LARGE, 'cache/helm-versions.json': text })
  expect(cachedVersion(join(path, 'helm'), { ADDONSMITH_CACHE: join(path, 'cache') })).toBeUndefined()
})

test('where nothing can be written nothing fails', () => {
  const { path } = createWorkspace({ helm: LARGE })
  writeFileSync(join(path, 'cache'), 'a file')
  expect(() => rememberVersion(join(path, 'helm'), '3.14.0', { ADDONSMITH_CACHE: join(path, 'cache') })).not.toThrow()
})
