import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Role } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'
import { updatePriority } from '../shared/update-order.ts'

/** `roles` of a ComponentDefinition (API.md 3.2: what a role may do became how it is updated and counted). */
export function roles({ release }: ComponentDefinitionLowering, { roles }: Component): Entry[] {
  return roles.length === 0 ? [] : pair('roles', seq(roles.map((role) => (release.api === 'v1' ? counted(role, roles) : allowed(role)))))
}

function counted(role: Role, roles: readonly Role[]): Node {
  const { name, isInQuorum, isExclusive, origin } = role
  return map(
    pair('name', scalar(name, origin)),
    pair('updatePriority', updatePriority(role, roles)),
    pair('participatesInQuorum', isInQuorum),
    pair('isExclusive', isExclusive),
  )
}

function allowed({ name, isReadable, isWritable, isInQuorum, origin }: Role): Node {
  return map(
    pair('name', scalar(name, origin)),
    pair('serviceable', isReadable || isWritable),
    pair('writable', isWritable),
    pair('votable', isInQuorum),
  )
}
