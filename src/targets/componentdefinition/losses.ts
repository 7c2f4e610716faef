import type { Component, EnvVar } from '../../model/addon.ts'
import type { ComponentDefinitionLowering, ComponentDefinitionRelease } from '../release.ts'
import { allContainers } from '../shared/containers.ts'
import type { Lost } from '../shared/lost.ts'
import { reportUpdateOrder } from '../shared/update-order.ts'
import { reportActions } from './action-losses.ts'
import { byComponent, definitionsOf } from './definitions.ts'
import { reportShardsOfLines } from './sharding-definition.ts'
import { isGiven, lostParts } from './var-references.ts'

/** Reports what this family cannot express, at the place that says it. */
export function reportLosses(lowering: ComponentDefinitionLowering): void {
  const { addon, release, locate, report } = lowering
  const lost: Lost = (code, path, message, hint) => report({ code, message, place: locate(path, 'key'), ...(hint === undefined ? {} : { hint }) })
  for (const { component } of definitionsOf(addon)) {
    if (release.api === 'v1alpha1') {
      onlyInV1(component, lost)
      reportUpdateOrder(component.roles, lost)
    } else withTls(component, lost)
    reportActions(lowering, component, lost)
    for (const { reload } of component.configs) {
      if (reload?.kind === 'signal' && !release.reloadsBySignal)
        lost('target/reload-lost', reload.origin, 'no signal can be sent; pods restart to take up dynamic parameters.')
    }
    for (const { env } of allContainers(component)) {
      for (const variable of env) environment(release, env, variable, lost)
    }
    for (const variable of component.configs.flatMap(({ vars }) => vars)) templateVar(release, variable, lost)
  }
  for (const name of byComponent(addon).keys()) reportShardsOfLines(lowering, name, lost)
  for (const { version, upgradeFrom, origin } of addon.versions) {
    if (upgradeFrom.length === 0) continue
    const what = `a cluster can go from any version to any other; that ${version} follows ${upgradeFrom.join(', ')} is not enforced.`
    lost('target/upgrade-path-lost', [...origin, 'upgradeFrom'], what)
  }
}

/** A variable of a container that nothing gives, with the texts made of it, and one that does not change. */
function environment(release: ComponentDefinitionRelease, env: readonly EnvVar[], variable: EnvVar, lost: Lost): void {
  const { name, value, origin } = variable
  if (value.kind === 'composed') {
    const [part] = lostParts(release, env, value)
    if (part !== undefined) lost('target/fact-lost', origin, `nothing gives ${part}, which it is made of; ${name} is not set.`)
  } else if (!isGiven(release, env, variable)) lost('target/fact-lost', origin, `nothing gives this fact; ${name} is not set.`)
  notLive(variable, lost)
}

/** The operator renders no template that uses a variable it does not have. */
function templateVar(release: ComponentDefinitionRelease, variable: EnvVar, lost: Lost): void {
  const { name, origin } = variable
  if (!isGiven(release, [], variable)) {
    const hint = 'give it a text, in lines of their own where versions need different ones'
    lost('target/unsupported', origin, `nothing gives this fact, and a template with ${name} is not rendered.`, hint)
  }
  notLive(variable, lost)
}

function notLive({ name, value, origin }: EnvVar, lost: Lost): void {
  if (value.kind === 'fact' && value.live)
    lost('target/fact-not-live', [...origin, 'live'], `${name} keeps the value that ${value.fact} had when the container started.`)
}

/** What only definitions of the API v1 hold. */
function onlyInV1({ accounts, volumes, tls, sharding, lifecycle }: Component, lost: Lost): void {
  for (const volume of volumes) {
    if (volume.kind === 'claim' && volume.highWatermark !== undefined)
      lost('target/field-lost', [...volume.origin, 'highWatermark'], `nothing makes the engine read-only when "${volume.name}" is nearly full.`)
  }
  for (const { name, statement, origin } of accounts) {
    if (statement?.update !== undefined || statement?.delete !== undefined)
      lost('target/account-lost', [...origin, 'statement'], `"${name}" is created, but not changed or deleted by its statements.`)
  }
  if (tls !== undefined) lost('target/tls-lost', tls.origin, 'a definition cannot say where certificates go, so a cluster has no TLS.')
  if (sharding !== undefined)
    lost('target/sharding-lost', sharding.origin, 'clusters can have shards, but nothing limits their number or acts when one comes or goes.')
  if (lifecycle?.roleProbe?.failures !== undefined)
    lost('target/field-lost', [...lifecycle.roleProbe.origin, 'failures'], 'the number of failures of a role probe is fixed.')
}

/** What is said of HTTP must hold with TLS on and off. */
function withTls({ tls, containers, metrics }: Component, lost: Lost): void {
  if (tls === undefined) return
  for (const { liveness, readiness, startup } of containers) {
    for (const probe of [liveness, readiness, startup]) {
      if (probe?.check.kind === 'http')
        lost('target/probe-weakened', probe.origin, 'the probe only opens the port, since it has to work with TLS on and off.')
    }
  }
  if (metrics !== undefined)
    lost('target/metrics-without-tls', metrics.origin, 'metrics are scraped over HTTP; a cluster with TLS has to be scraped by a rule of its own.')
}
