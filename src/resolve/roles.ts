import type { Path } from '../diagnostics/index.ts'
import type { Component as ComponentDescriptor } from '../generated/addon.ts'
import type { Role } from '../model/addon.ts'
import { entriesOf, type Scope } from './scope.ts'

/** Words that choose pods without naming a role. */
const POD_WORDS = ['any', 'all']

/** The roles of a component, and whether they fit its workload. */
export function resolveRoles(scope: Scope, component: ComponentDescriptor, origin: Path): readonly Role[] {
  const path: Path = [...origin, 'roles']
  const roles = entriesOf(component.roles, path).map(({ name, value, origin }): Role => {
    if (POD_WORDS.includes(name))
      scope.problem('addon/reserved-name', origin, `"${name}" is no role: actions choose pods by the words any and all.`, { at: 'key' })
    return {
      name,
      isWritable: value.writable ?? false,
      isReadable: value.readable ?? true,
      isInQuorum: value.quorum ?? false,
      isExclusive: value.exclusive ?? false,
      priority: value.priority,
      origin,
    }
  })
  checkWorkload(scope, component, origin, roles)
  return roles
}

function checkWorkload(scope: Scope, { workload = 'stateful', lifecycle, volumes }: ComponentDescriptor, origin: Path, roles: readonly Role[]): void {
  const at: Path = [...origin, 'workload']
  if (workload === 'stateless') {
    if (roles[0] !== undefined)
      scope.problem('addon/workload', roles[0].origin, 'The pods of a stateless component are all alike, so they have no roles.', {
        at: 'key',
        hint: 'remove the roles, or choose another workload',
      })
    for (const volume of entriesOf(volumes, [...origin, 'volumes'])) {
      if (volume.value.claim === true)
        scope.problem(
          'addon/workload',
          volume.origin,
          `The pods of a stateless component keep nothing, so the claim "${volume.name}" belongs to none of them.`,
          {
            at: 'key',
            hint: 'use emptyDir: true, or choose the workload stateful',
          },
        )
    }
  }
  if (workload === 'replication' || workload === 'consensus') {
    const leading = roles.filter(({ isWritable, isExclusive }) => isWritable && isExclusive)
    if (leading.length !== 1)
      scope.problem('addon/workload', roles.length === 0 ? at : [...origin, 'roles'], roleComplaint(workload, leading), {
        ...(roles.length === 0 ? {} : { at: 'key' }),
        hint: `write roles: {${workload === 'consensus' ? 'leader' : 'primary'}: {writable: true, exclusive: true}, ...}`,
      })
  }
  if (workload !== 'stateless' && roles.length > 0 && lifecycle?.roleProbe === undefined)
    scope.problem('addon/workload', [...origin, 'roles'], 'Nothing tells KubeBlocks which pod has which role.', {
      at: 'key',
      hint: 'add lifecycle: {roleProbe: {script: ...}}, which prints the role of its pod',
    })
}

function roleComplaint(workload: string, leading: readonly Role[]): string {
  const found = leading.length === 0 ? 'none is' : `${leading.map(({ name }) => name).join(' and ')} are`
  return `The workload ${workload} needs exactly one role that is both writable and exclusive; ${found}.`
}

/** Reports a choice of pods that is neither a word nor a role. */
export function checkPodChoice(scope: Scope, pods: string | undefined, roles: readonly Role[], path: Path): void {
  if (pods !== undefined) scope.isDeclared('role', pods, [...POD_WORDS, ...roles.map(({ name }) => name)], path)
}
