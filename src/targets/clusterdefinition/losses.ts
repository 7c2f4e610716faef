import type { Component, ResolvedAddon } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import type { Lost } from '../shared/lost.ts'
import { reportActions } from './action-losses.ts'
import { reportComponent } from './component-losses.ts'
import { credentialAccount } from './credential.ts'
import { reportEnv } from './env-losses.ts'
import { reportLines } from './line-losses.ts'

/** Length of the passwords that `$(RANDOM_PASSWD)` makes (API.md 3.1). */
const PASSWORD_LENGTH = 8

/** Reports what the generation cannot express, at the place that says it. */
export function reportLosses(lowering: ClusterDefinitionLowering): void {
  const { addon, release, locate, report } = lowering
  const lost: Lost = (code, path, message) => report({ code, message, place: locate(path, 'key') })
  accounts(addon, lost)
  for (const component of addon.components) {
    services(component, lost)
    reportComponent(lowering, component, lost)
    reportActions(lowering, component, lost)
    reportEnv(lowering, component, lost)
  }
  reportLines(lowering, lost)
  topologies(addon, lost)
  for (const { version, upgradeFrom, origin } of addon.versions) {
    if (upgradeFrom.length === 0) continue
    const what = `a cluster can go from any version to any other; that ${version} follows ${upgradeFrom.join(', ')} is not enforced.`
    lost('target/upgrade-path-lost', [...origin, 'upgradeFrom'], what)
  }
  for (const { name, origin } of release.backup === 'BackupTool' ? (addon.backup?.methods.slice(1) ?? []) : []) {
    lost('target/backup-method-lost', origin, `a component has one backup method; "${name}" does not exist there.`)
  }
  for (const { name, phase, origin } of addon.backup?.methods ?? []) {
    if (phase === 'ready' && !release.restoresRunning)
      lost(
        'target/restore-lost',
        origin,
        `backups of "${name}" are made and cannot be restored: a restore that needs the running cluster is never called.`,
      )
  }
}

/** One account exists: the first initial one, which becomes the connection credential. */
function accounts(addon: ResolvedAddon, lost: Lost): void {
  const credential = credentialAccount(addon)?.account
  for (const account of addon.components.flatMap((component) => component.accounts)) {
    if (account !== credential) {
      lost('target/account-lost', account.origin, `only the first initial account is created; "${account.name}" is not.`)
      continue
    }
    if (account.password.length <= PASSWORD_LENGTH) continue
    const what = `the password of "${account.name}" has ${PASSWORD_LENGTH} characters, not ${account.password.length}.`
    lost('target/password-policy', [...account.origin, 'password'], what)
  }
}

/** One service for each component, to the leading pod where the generation knows it. */
function services({ services }: Component, lost: Lost): void {
  for (const { name, isHeadless, origin } of services) {
    if (name !== 'default') lost('target/service-lost', origin, `a component has one service; "${name}" does not exist there.`)
    else if (isHeadless) lost('target/service-lost', [...origin, 'headless'], 'the default service has an address of its own.')
  }
}

function topologies({ topologies }: ResolvedAddon, lost: Lost): void {
  for (const { provision, terminate, update, origin } of topologies) {
    // An addon that gives no topologies has one that stands nowhere.
    if (origin[0] !== 'topologies') continue
    const orders = Object.entries({ provision, terminate, update }).flatMap(([name, order]) => (order === undefined ? [] : [name]))
    const what =
      orders.length === 0 ? '' : `, and the order to ${orders.join(' and ')} them is not kept: start scripts have to wait for what they need`
    lost('target/topology-lost', origin, `whoever creates a cluster lists its components${what}.`)
  }
}
