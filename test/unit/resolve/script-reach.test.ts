import { expect, test } from 'vitest'
import { resolveInMemory } from '../../support/resolve-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const files = { 'add.sh': '#!/bin/sh\n' }
const engine = { image: 'tiny', ports: { client: 1234 } }
const mounts = { scripts: '/scripts' }

function found(component: object): readonly string[] {
  const components = { tiny: { scripts: { files: ['add.sh'] }, ...component } }
  return resolveInMemory({ ...SMALL, components }, files).diagnostics.map(({ code, place, hint }) => `${code} ${place?.path?.join('.')}: ${hint}`)
}

test('scripts that act on shards have to be mounted where actions run', () => {
  const sharding = { maximum: 3, shardAdd: { script: 'add.sh' }, shardRemove: { script: 'add.sh' } }
  const containers = { first: engine, second: { image: 'tiny', mounts } }
  const lost = (name: string) => `addon/reference components.tiny.sharding.${name}: add mounts: {scripts: /path} to it`
  expect(found({ sharding, containers })).toEqual([lost('shardAdd'), lost('shardRemove')])
  expect(found({ sharding, containers, lifecycle: { container: 'second' } })).toEqual([])
  expect(found({ sharding, containers: { first: { ...engine, mounts } } })).toEqual([])
})
