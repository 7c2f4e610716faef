import { expect, test } from 'vitest'
import { mergeContainers, operatorRelease, resolveImages } from '../../../src/operator/index.ts'
import { componentDefinition, componentVersion } from '../../support/definitions.ts'

const now = operatorRelease('1.0')
const definition = componentDefinition('x-1', {
  serviceVersion: '1.0.0',
  runtime: { initContainers: [{ name: 'tools', image: 'tools:1' }], containers: [{ name: 'x' }] },
  lifecycleActions: { memberLeave: { exec: { command: ['leave'], image: 'x:0' } } },
})
const images = (objects: readonly unknown[], version: string, release = now) => {
  const { containers, actions, problems } = resolveImages(release, objects, definition, version)
  return { containers: Object.fromEntries(containers), actions: Object.fromEntries(actions), problems }
}

test('without a ComponentVersion the images are those of the definition', () => {
  expect(images([definition], '1.0.0')).toEqual({
    containers: { tools: 'tools:1', x: '' },
    actions: { memberLeave: 'x:0' },
    problems: ['the container "x" has no image'],
  })
})

test('with one, every container needs an image for the version; that of the definition counts for its own version', () => {
  const version = componentVersion(
    'x',
    [[['x'], ['a', 'b']]],
    [
      ['a', '1.0.0', { x: 'x:1' }],
      ['b', '2.0.0', { x: 'x:2', memberLeave: 'x:2' }],
    ],
  )
  expect(images([definition, version], '1.0.0')).toMatchObject({ containers: { tools: 'tools:1', x: 'x:1' }, problems: [] })
  expect(images([definition, version], '2.0.0')).toEqual({
    containers: { tools: 'tools:1', x: 'x:2' },
    actions: { memberLeave: 'x:2' },
    problems: ['the container "tools" has no image for the service version 2.0.0'],
  })
  // In 0.9 a key is a container and nothing else.
  expect(images([definition, version], '2.0.0', operatorRelease('0.9')).actions).toEqual({ memberLeave: 'x:0' })
})

test('of several releases of a version the last by name wins, whichever rule it has; an equal version before one that serves', () => {
  const version = componentVersion(
    'x',
    [
      [['x'], ['a']],
      [['y'], ['z']],
    ],
    [
      ['a', '1.0.0', { x: 'x:a', tools: 't' }],
      ['z', '1.0.0', { x: 'x:z' }],
      ['zz', '1.0.0-rc1', { x: 'x:rc' }],
    ],
  )
  expect(images([definition, version], '1.0.0').containers).toEqual({ tools: 't', x: 'x:z' })
})

test('releases of different versions for one wanted version are refused', () => {
  const version = componentVersion(
    'x',
    [[['x'], ['a', 'b']]],
    [
      ['a', '1.0.0-rc1', { x: 'x:a' }],
      ['b', '1.0.0-rc2', { tools: 't' }],
    ],
  )
  expect(images([definition, version], '1.0.0').problems).toEqual(['releases of several versions match 1.0.0: 1.0.0-rc1, 1.0.0-rc2'])
})

test('a ClusterVersion replaces whole fields by container name, and adds containers', () => {
  const merged = mergeContainers(
    [{ name: 'x', command: ['a', 'b'], env: [{ name: 'A' }], image: 'old' }],
    [
      { name: 'x', image: 'new', env: [{ name: 'B' }], args: [] },
      { name: 'y', image: 'y' },
    ],
  )
  expect(merged).toEqual([
    { name: 'x', command: ['a', 'b'], env: [{ name: 'B' }], image: 'new' },
    { name: 'y', image: 'y' },
  ])
})
