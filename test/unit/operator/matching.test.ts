import { describe, expect, test } from 'vitest'
import {
  chooseDefinition,
  compareVersions,
  isPattern,
  isSemantic,
  lastByName,
  nameMatches,
  namesMatching,
  operatorRelease,
  operatorReleases,
  sidecarMatches,
  versionServes,
} from '../../../src/operator/index.ts'
import { componentDefinition, componentVersion } from '../../support/definitions.ts'

const old = operatorRelease('0.8')
const now = operatorRelease('1.0')

test('releases are known by major and minor, and 1.2 as what there is of it', () => {
  expect(operatorReleases.map(({ version }) => version)).toEqual(['0.5', '0.6', '0.7', '0.8', '0.9', '1.0', '1.1', '1.2-alpha'])
  expect(operatorRelease('1.2')).toBe(operatorRelease('1.2-alpha'))
  expect(() => operatorRelease('2.0')).toThrow('2.0')
})

describe('references to definitions', () => {
  test.for([
    ['mysql-8.0-1.0.0', 'mysql-8.0-1.0.0', true],
    ['mysql-8.0-1.0.0', 'mysql', true],
    ['mysql-8.0-1.0.0', 'mysql-8.0', true],
    ['mysql-8.0-1.0.0', 'sql', false],
    // A dot makes it a regular expression, which nothing anchors.
    ['my-mysql-8x0', 'mysql-8.0', true],
    ['my-mysql-8x0', '^mysql-8.0', false],
    ['mysql-8.0-1.0.0', '^mysql-\\d', true],
    ['x', '(', false],
    ['x(', 'x(', true],
    ['ab', 'a(?=b)', false],
  ] as const)('1.0: %s is matched by %s: %s', ([name, pattern, expected]) => {
    expect(nameMatches(now, name, pattern)).toBe(expected)
  })

  test('0.8 takes names only', () => {
    expect(nameMatches(old, 'mysql-1', 'mysql')).toBe(false)
    expect(nameMatches(old, 'mysql-1', 'mysql-1')).toBe(true)
  })

  test('owners of sidecars are no prefixes', () => {
    expect(sidecarMatches('mysql-1', 'mysql')).toBe(false)
    expect(sidecarMatches('mysql-1', '^mysql')).toBe(true)
  })

  test('a name that is equal hides those it is a prefix of', () => {
    expect(namesMatching(now, ['x-1', 'x-10', 'x-2'], 'x-1')).toEqual(['x-1'])
    expect(namesMatching(now, ['x-1', 'x-10', 'x-2'], 'x')).toEqual(['x-1', 'x-10', 'x-2'])
  })

  test('what compiles in Go', () => {
    expect(['^a-\\d+$', '(?P<n>a)', 'a'].every(isPattern)).toBe(true)
    expect(['(', 'a(?=b)', '(a)\\1'].some(isPattern)).toBe(false)
  })
})

describe('versions', () => {
  test('only three numbers are semantic', () => {
    expect(['1.2.3', 'v1.2.3', '1.2.3-rc.1', '1.2.3+b'].every(isSemantic)).toBe(true)
    expect(['1.2', '1.2.3.4', '01.2.3', 'x', ''].some(isSemantic)).toBe(false)
  })

  test('order', () => {
    const sorted = ['', '1.2.3-1', '1.2.3-2', '1.2.3-10', '1.2.3-a', '1.2.3-a.1', '1.2.3', '1.2.10', '1.10.0']
    expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted)
    expect(compareVersions('1.2.3+a', '1.2.3+b')).toBe(0)
  })

  test('a pre-release that is wanted must be equal; one that is offered serves', () => {
    expect(versionServes('1.2.3', '1.2.3-rc1')).toBe(true)
    expect(versionServes('1.2.3-rc1', '1.2.3')).toBe(false)
    expect(versionServes('1.2.3', '1.2.4')).toBe(false)
    expect(versionServes('', 'anything')).toBe(true)
  })
})

describe('the definition of a component', () => {
  const objects = [
    componentDefinition('x-1.0.9', { serviceVersion: '8.0.1' }),
    componentDefinition('x-1.0.10', { serviceVersion: '8.0.1' }),
    componentDefinition('other', { serviceVersion: '9.0.0' }),
    componentVersion(
      'x',
      [[['x-1.0.10'], ['new', 'rc']]],
      [
        ['new', '8.4.0', {}],
        ['rc', '8.5.0-rc1', {}],
        ['unlisted', '9.9.9', {}],
      ],
    ),
  ]
  const chosen = (reference: string, version?: string, release = now) => {
    const choice = chooseDefinition(release, objects, reference, version)
    return 'problem' in choice ? choice.problem : [(choice.definition as { metadata: { name: string } }).metadata.name, choice.serviceVersion]
  }

  test('the last name is not the newest version', () => {
    expect(lastByName(['x-1.0.9', 'x-1.0.10'])).toBe('x-1.0.9')
    expect(chosen('x', '8.0.1')).toEqual(['x-1.0.9', '8.0.1'])
  })

  test('without a version the highest one offered, of releases with a rule for the definition', () => {
    expect(chosen('x')).toEqual(['x-1.0.10', '8.5.0-rc1'])
    expect(chosen('x-1.0.9')).toEqual(['x-1.0.9', '8.0.1'])
  })

  test('a version is looked up as it was written, although others would serve it', () => {
    expect(chosen('x', '8.5.0')).toContain('offers the service version 8.5.0')
    expect(chosen('x', '8.5.0-rc1')).toEqual(['x-1.0.10', '8.5.0-rc1'])
    expect(chosen('none')).toBe('no ComponentDefinition matches "none" and offers a service version')
  })

  test('a definition that offers no version is never chosen', () => {
    expect(chooseDefinition(now, [componentDefinition('y')], 'y')).toEqual({
      problem: 'no ComponentDefinition matches "y" and offers a service version',
    })
  })

  test('0.8 asks for the exact name', () => {
    expect(chosen('other', undefined, old)).toEqual(['other', '9.0.0'])
    expect(chosen('x', undefined, old)).toContain('has the name "x"')
  })
})

test.each([
  ['(?i)MYSQL-\\d+', true],
  ['^mysql-[[:digit:]]$', true],
  ['\\Amysql', true],
  ['^mysql-\\pL', false],
  // Would take longer than anybody waits where a matcher goes back and tries again.
  ['^(m|y|s|q|l|-|8|a+)+(a+)+$', false],
])('%s is read as Go reads it', (pattern, matches) => {
  expect(isPattern(pattern)).toBe(true)
  expect(nameMatches(operatorRelease('1.0'), pattern.includes('a+') ? `mysql-8${'a'.repeat(60)}!` : 'mysql-8', pattern)).toBe(matches)
})
