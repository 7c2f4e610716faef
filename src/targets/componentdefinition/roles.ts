import { type Entry, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Component, Role } from '../../model/addon.ts'
import type { ComponentDefinitionLowering } from '../release.ts'

/** `roles` of a ComponentDefinition (API.md 3.2: what a role may do became how it is updated and counted). */
export function roles({ release }: ComponentDefinitionLowering, { roles }: Component): Entry[] {
  return roles.length === 0 ? [] : pair('roles', seq(roles.map((role) => (release.api === 'v1' ? counted(role) : allowed(role)))))
}

function counted({ name, priority, isInQuorum, isExclusive, origin }: Role): Node {
  return map(
    pair('name', scalar(name, origin)),
    pair('updatePriority', priority),
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
