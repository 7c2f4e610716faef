import { type Entry, map, type Node, pair } from '../../gotemplate/index.ts'
import type { ResolvedAddon } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { metadata } from '../shared/metadata.ts'
import { policyMarks } from '../shared/policy-marks.ts'

/** What backing up needs: policy templates, the tools or action sets they name, and the files of those. */
export interface LoweredBackup {
  readonly policies: readonly Node[]
  readonly actions: readonly Node[]
  readonly files: readonly ChartFile[]
}

export function policyMetadata({ name }: ResolvedAddon): Entry[] {
  return metadata(name, `${name}-backup-policy-template`, policyMarks(name))
}

/** The target of a backup: the keys of the credential, where the addon has one. */
export function credentialTarget({ components }: ResolvedAddon, ...fields: readonly (readonly Entry[])[]): Entry[] {
  const hasCredential = components.some(({ accounts }) => accounts.some(({ isInitial }) => isInitial))
  const keys = hasCredential ? pair('connectionCredentialKey', map(pair('passwordKey', 'password'), pair('usernameKey', 'username'))) : []
  const all = [...fields.flat(), ...keys]
  return all.length === 0 ? [] : pair('target', map(all))
}
