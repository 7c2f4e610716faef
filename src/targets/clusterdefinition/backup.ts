import type { ClusterDefinitionLowering } from '../release.ts'
import { lowerToBackupMethods } from './backup-methods.ts'
import type { LoweredBackup } from './backup-policy.ts'
import { lowerToBackupTool } from './backup-tool.ts'

/** How the addon is backed up, in the objects of the release. */
export function lowerBackup(lowering: ClusterDefinitionLowering): LoweredBackup {
  const { addon, release } = lowering
  if (addon.backup === undefined) return { policies: [], actions: [], files: [] }
  switch (release.backup) {
    case 'BackupTool':
      return lowerToBackupTool(lowering, addon.backup)
    case 'ActionSet':
      return lowerToBackupMethods(lowering, addon.backup)
  }
}
