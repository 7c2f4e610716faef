import { at, listAt } from '../../objects/index.ts'
import { SHELL } from '../backup-tool.ts'
import type { Finding, ObjectPath, ValidationRule } from './rule.ts'

const COMMANDS: readonly ObjectPath[] = [
  ['backupCommands'],
  ['incrementalBackupCommands'],
  ...['physical', 'logical'].flatMap((part) => [
    [part, 'restoreCommands'],
    [part, 'incrementalRestoreCommands'],
  ]),
]

/**
 * The commands of a BackupTool are a text for `sh -c` in one release and an argument list in the next, under the same field (API.md 2.12): what is
 * right in one does nothing, or fails, in the other.
 */
export const toolCommand: ValidationRule = {
  code: 'backup/tool-command',
  kinds: ['BackupTool'],
  releases: ['0.5', '0.6'],
  source:
    'release-0.5:controllers/dataprotection/backup_controller.go buildBackupToolPodSpec: Args; release-0.6, same function: Command; internal/controller/plan/restore.go',
  check: (object, _objects, { version }) =>
    COMMANDS.flatMap((path): readonly Finding[] => {
      const [first, second] = listAt(at(object, 'spec'), ...path.map(String))
      if (typeof first !== 'string') return []
      const place = ['spec', ...path, 0]
      if (!SHELL.includes(version))
        return /\s/.test(first.trim())
          ? [{ path: place, message: `KubeBlocks ${version} runs the first command as a program, and this is a script: the job cannot start.` }]
          : []
      const isShell = /^(\S*\/)?(ba|da|a)?sh$/.test(first) && typeof second === 'string' && /^-\w*c$/.test(second)
      return isShell
        ? [
            {
              path: place,
              message: `KubeBlocks ${version} hands the first command to sh -c, which starts "${first}" without the script: nothing is done.`,
            },
          ]
        : []
    }),
}
