import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { at, textAt } from '../../../src/objects/index.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

function annotations(changelog: string | undefined, version = '1.0.0', kubeblocks = '1.0') {
  const files: Readonly<Record<string, string>> = changelog === undefined ? {} : { 'CHANGELOG.md': changelog }
  const { chart, cluster, diagnostics } = compileInMemory({ ...SMALL, version }, files, kubeblocks)
  const own = at(chart?.metadata, 'annotations')
  const changes = textAt(own, 'artifacthub.io/changes')
  expect(textAt(cluster?.metadata, 'annotations', 'artifacthub.io/changes')).toBe(changes)
  return {
    changes: changes === undefined ? undefined : (parse(changes) as unknown),
    prerelease: textAt(own, 'artifacthub.io/prerelease'),
    found: diagnostics
      .filter(({ code }) => code === 'file/changelog')
      .map(({ place, message, hint }) => `${place?.file}:${place?.line} ${message} ${hint ?? ''}`.trim()),
  }
}

const CHANGELOG = `# Changelog

## [Unreleased]
### Added
- nothing yet

## [1.0.0] - 2026-11-24
A text that is no list.

### Added
- Backups: of all,
  and of one.
* "Quoted": text

### Security ###
- Passwords are longer.

## [0.9.0]
### Fixed
- An old thing.
`

test('the section of the version becomes the annotation of Artifact Hub', () => {
  for (const text of [CHANGELOG, CHANGELOG.replaceAll('\n', '\r\n'), `\ufeff${CHANGELOG}`.replace('[1.0.0]', 'v1.0.0')]) {
    const { changes, found } = annotations(text)
    expect(changes).toEqual([
      { kind: 'added', description: 'Backups: of all, and of one.' },
      { kind: 'added', description: '"Quoted": text' },
      { kind: 'security', description: 'Passwords are longer.' },
    ])
    expect(found).toEqual([])
  }
  expect(annotations(CHANGELOG, '0.9.0').changes).toEqual([{ kind: 'fixed', description: 'An old thing.' }])
})

test('no changelog is none, and what is not in it is told at its place', () => {
  expect(annotations(undefined)).toEqual({ changes: undefined, prerelease: undefined, found: [] })
  expect(annotations(CHANGELOG, '1.0.0-alpha.1').found).toEqual([
    'CHANGELOG.md:1 CHANGELOG.md has no section for the version 1.0.0-alpha.1. write ## [1.0.0-alpha.1] above what it changes',
  ])
  expect(annotations(CHANGELOG, '1.0.1').changes).toBeUndefined()
  const { changes, found } = annotations('## 1.0.0\n- A change.\n### Addde\n- lost\n')
  expect(changes).toEqual([{ kind: 'changed', description: 'A change.' }])
  expect(found).toEqual(['CHANGELOG.md:3 "Addde" is no section of a changelog, so what it lists is left out. did you mean "Added"?'])
})

test('versions before a release, and charts for a KubeBlocks before its release, are said to be that', () => {
  expect(annotations(undefined, '1.0.0-alpha.1').prerelease).toBe('true')
  expect(annotations(undefined, '1.0.0+build-7').prerelease).toBeUndefined()
  expect(annotations(undefined, '1.0.0', '1.2-alpha').prerelease).toBe('true')
})
