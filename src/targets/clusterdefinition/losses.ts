import type { Account, Component, ResolvedAddon } from '../../model/addon.ts'
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
    const differing = otherThanMade(account.password)
    if (differing.length > 0)
      lost('target/password-policy', [...account.origin, 'password'], `the password of "${account.name}" has ${differing.join('; ')}.`)
  }
}

/** What a password has that the policy does not want. It is of small letters and digits, as they come (release-0.8:pkg/controller/factory/builder.go randomString). */
function otherThanMade({ length, digits, symbols, letterCase }: Account['password']): readonly string[] {
  return [
    ...(length === PASSWORD_LENGTH ? [] : [`${PASSWORD_LENGTH} characters, not ${length}`]),
    ...(digits === 0 ? [] : [`any number of digits, not ${digits}`]),
    ...(symbols === 0 ? [] : [`no symbols, not ${symbols}`]),
    ...(letterCase === 'lower' ? [] : ['small letters only']),
  ]
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
    const orders = Object.entries({ created: provision, deleted: terminate, updated: update }).flatMap(([name, order]) =>
      order === undefined ? [] : [name],
    )
    const what = orders.length === 0 ? '' : `; they are ${listed(orders)} in no order, so start scripts have to wait for what they need`
    lost('target/topology-lost', origin, `whoever creates a cluster lists its components${what}.`)
  }
}

/** Words as they stand in a sentence. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
