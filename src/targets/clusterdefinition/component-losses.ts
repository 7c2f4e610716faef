import type { Component } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import type { Lost } from '../shared/lost.ts'
import { runName } from '../shared/run.ts'
import { reportUpdateOrder } from '../shared/update-order.ts'
import { isLeader, learnerOf, protectsVolumes, roleSupport, workloadName } from './role-support.ts'

/** Reports what a component says that the generation cannot express, actions and variables aside. */
export function reportComponent(lowering: ClusterDefinitionLowering, component: Component, lost: Lost): void {
  roles(lowering, component, lost)
  fields(lowering, component, lost)
  const { origin, tls, sharding, volumes, configs } = component
  if (tls !== undefined)
    lost('target/tls-lost', tls.origin, 'a definition does not say where certificates are mounted; variables with the fact tlsEnabled are not set.')
  if (sharding !== undefined)
    lost('target/sharding-lost', sharding.origin, `"${component.name}" is one component: clusters have a single shard, and get no second one later.`)
  for (const volume of volumes) {
    if (volume.kind === 'claim' && volume.highWatermark !== undefined && !protectsVolumes(lowering, component))
      lost(
        'target/volume-protection-lost',
        [...volume.origin, 'highWatermark'],
        `nothing makes the engine read-only before "${volume.name}" is full.`,
      )
  }
  for (const { reload } of configs) {
    if (reload?.kind === 'script')
      lost('target/reload-lost', reload.origin, `"${reload.script}" is not called: a changed dynamic parameter restarts the pods instead.`)
  }
  if (Object.keys(component.annotations).length > 0) lost('target/field-lost', [...origin, 'annotations'], 'pods get no annotations of their own.')
}

function roles(lowering: ClusterDefinitionLowering, component: Component, lost: Lost): void {
  const { lifecycle, origin, roles, services } = component
  const probe = lifecycle?.roleProbe
  const called = probe === undefined ? 'the role probe' : `"${runName(probe.run)}"`
  const path = probe?.origin ?? [...origin, 'roles']
  const support = roleSupport(lowering, component)
  if (support === 'lost') {
    const what = `nothing can call ${called}, so the pods of "${component.name}" count as alike: its service leads clients to every pod, also to those they must not write to.`
    lost('target/roles-lost', [...origin, 'roles'], what)
    if (probe !== undefined) lost('target/action-lost', probe.origin, `${called} is not called: the component has no roles there.`)
    return
  }
  if (support === 'built-in') lost('target/role-probe-lost', path, `the operator asks the engine itself; ${called} is not called.`)
  if (support === 'command')
    lost(
      'target/role-probe-lost',
      path,
      `${called} runs in a container of its own, of one image for all versions, without the variables, scripts and volumes of the engine.`,
    )
  for (const role of roles) {
    if (support !== 'none' && !isLeader(role) && !role.isInQuorum && role !== learnerOf(roles) && workloadName(lowering, component) === 'Consensus')
      lost('target/field-lost', role.origin, `a component has one role outside of the quorum; "${role.name}" is not known.`)
  }
  if (support !== 'none') reportUpdateOrder(roles, lost)
  const leader = roles.find(isLeader)
  for (const service of services) {
    if (service.name !== 'default' || support === 'none') continue
    if (service.role === undefined)
      lost('target/service-lost', service.origin, `the default service leads to the pod with the role "${leader?.name}" only.`)
    else if (service.role !== leader?.name)
      lost(
        'target/service-lost',
        [...service.origin, 'role'],
        `the default service leads to the pod with the role "${leader?.name}", not "${service.role}".`,
      )
  }
}

/** Fields without a place in the generation, and what comes of that. */
function fields(lowering: ClusterDefinitionLowering, component: Component, lost: Lost): void {
  const { origin, replicas, hostPorts, policyRules, updateStrategy, podManagement } = component
  if (replicas.minimum !== undefined || replicas.maximum !== undefined)
    lost('target/field-lost', [...origin, 'replicas'], 'a cluster can have any number of replicas; the limits are not enforced.')
  if (hostPorts.length > 0)
    lost('target/field-lost', [...origin, 'hostNetwork'], 'ports cannot be opened on the node; the fact hostPort is the port of the container.')
  if (policyRules.length > 0)
    lost('target/field-lost', [...origin, 'policyRules'], 'pods get no rights of their own; what asks the Kubernetes API is refused.')
  const workload = workloadName(lowering, component)
  const isChosen = lowering.release.capabilities.updateStrategies.includes(workload)
  if (updateStrategy !== undefined && !isChosen)
    lost(
      'target/field-lost',
      [...origin, 'updateStrategy'],
      `pods are updated ${workload === 'Stateless' ? 'as a Deployment does it' : 'one after the other'}.`,
    )
  if (podManagement !== undefined && !(isChosen && workload === 'Stateful'))
    lost('target/field-lost', [...origin, 'podManagement'], 'the workload decides whether pods are created one after the other.')
}
