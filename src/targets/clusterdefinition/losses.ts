import type { Code, Path } from '../../diagnostics/index.ts'
import type { Lowering } from '../release.ts'

/** Length of the passwords that `$(RANDOM_PASSWD)` makes (API.md 3.1). */
const PASSWORD_LENGTH = 8

/** Reports what the generation cannot express, at the place that says it. */
export function reportLosses({ addon, release, locate, report }: Lowering): void {
  const lost = (code: Code, path: Path, message: string) =>
    report({ code, message: `In KubeBlocks ${release.version} ${message}`, place: locate(path, 'key') })
  let hasCredential = false
  for (const component of addon.components) {
    for (const service of component.services) {
      if (service.name !== 'default')
        lost('target/service-lost', service.origin, `a component has one service; "${service.name}" does not exist there.`)
    }
    for (const account of component.accounts) {
      if (!account.isInitial || hasCredential) {
        lost('target/account-lost', account.origin, `only the first initial account is created; "${account.name}" is not.`)
        continue
      }
      hasCredential = true
      if (account.password.length > PASSWORD_LENGTH) {
        lost(
          'target/password-policy',
          [...account.origin, 'password'],
          `the password of "${account.name}" has ${PASSWORD_LENGTH} characters, not ${account.password.length}.`,
        )
      }
    }
    if (component.memberLeave !== undefined) {
      lost(
        'target/unsafe-member-leave',
        component.memberLeave.origin,
        `"${component.memberLeave.script}" runs in a preStop hook: the grace period cuts it off, and it does not run when a node fails.`,
      )
    }
  }
  for (const version of addon.versions) {
    if (version.upgradeFrom.length > 0) {
      lost(
        'target/upgrade-path-lost',
        [...version.origin, 'upgradeFrom'],
        `a cluster can go from any version to any other; that ${version.version} follows ${version.upgradeFrom.join(', ')} is not enforced.`,
      )
    }
  }
  for (const method of addon.backup?.methods.slice(1) ?? []) {
    lost('target/backup-method-lost', method.origin, `a component has one backup method; "${method.name}" does not exist there.`)
  }
}
