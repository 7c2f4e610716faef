import type { Code, Path } from '../../diagnostics/index.ts'
import type { Component } from '../../model/addon.ts'
import type { ClusterDefinitionLowering } from '../release.ts'
import { allContainers } from '../shared/containers.ts'
import { runName } from '../shared/run.ts'

/** Length of the passwords that `$(RANDOM_PASSWD)` makes (API.md 3.1). */
const PASSWORD_LENGTH = 8

/** Reports a loss at a place: what is different in this generation. */
type Lost = (code: Code, path: Path, message: string) => void

/** Reports what the generation cannot express, at the place that says it. */
export function reportLosses({ addon, release, locate, report }: ClusterDefinitionLowering): void {
  const lost: Lost = (code, path, message) => report({ code, message, place: locate(path, 'key') })
  accounts(addon.components, lost)
  for (const { services, lifecycle } of addon.components) {
    for (const { name, origin } of services) {
      if (name !== 'default') lost('target/service-lost', origin, `a component has one service; "${name}" does not exist there.`)
    }
    const leave = lifecycle?.memberLeave
    if (leave !== undefined) {
      const what = `"${runName(leave.run)}" runs in a preStop hook: the grace period cuts it off, and it does not run when a node fails.`
      lost('target/unsafe-member-leave', leave.origin, what)
    }
  }
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
function accounts(components: readonly Component[], lost: Lost): void {
  const all = components.flatMap((component) => component.accounts.map((account) => ({ component, account })))
  const credential = all.find(({ account }) => account.isInitial)
  for (const { component, account } of all) {
    if (account === credential?.account) {
      if (account.password.length <= PASSWORD_LENGTH) continue
      const what = `the password of "${account.name}" has ${PASSWORD_LENGTH} characters, not ${account.password.length}.`
      lost('target/password-policy', [...account.origin, 'password'], what)
      continue
    }
    lost('target/account-lost', account.origin, `only the first initial account is created; "${account.name}" is not.`)
    for (const { name, value, origin } of allContainers(component).flatMap(({ env }) => env)) {
      if (value.kind === 'account' && value.account === account.name)
        lost('target/unsupported', origin, `${name} takes the account "${account.name}", which does not exist there.`)
    }
  }
}
