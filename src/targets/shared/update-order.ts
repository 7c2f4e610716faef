import type { Role } from '../../model/addon.ts'
import type { Lost } from './lost.ts'

/** When pods of a role are updated where the author says nothing: who is written to last, who is read from before that (API.md 3.2). */
export function updatePriority({ priority, isWritable, isReadable }: Role, roles: readonly Role[]): number {
  return priority ?? (isWritable ? roles.length : isReadable ? roles.length - 1 : 1)
}

/**
 * The order of updates where roles have no priority: who may write last, who is not in the quorum first
 * (release-0.9:pkg/controller/instanceset/utils.go ComposeRolePriorityMap).
 */
function derivedOrder({ isWritable, isReadable, isInQuorum }: Role): number {
  return isWritable ? 3 : isInQuorum ? (isReadable ? 2 : 1) : 0
}

/** Reports priorities that another order takes the place of. */
export function reportUpdateOrder(roles: readonly Role[], lost: Lost): void {
  const isLost = (a: Role, b: Role) => {
    const wanted = Math.sign(updatePriority(a, roles) - updatePriority(b, roles))
    return wanted !== 0 && wanted !== Math.sign(derivedOrder(a) - derivedOrder(b))
  }
  for (const role of roles) {
    if (role.priority !== undefined && roles.some((other) => isLost(role, other)))
      lost('target/field-lost', [...role.origin, 'priority'], `when pods that are "${role.name}" are updated follows from what the role may do.`)
  }
}
