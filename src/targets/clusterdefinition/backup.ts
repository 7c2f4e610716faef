import { type Item, items, map, type Node, pair, scalar, seq } from '../../gotemplate/index.ts'
import type { Backup, BackupMethod, TextFile } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { prefixed } from '../names.ts'
import type { Lowering } from '../release.ts'
import { contentNode } from '../shared/config-map.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'
import { lowerEnvVar } from './env.ts'

interface LoweredBackup {
  readonly policies: readonly Node[]
  readonly tools: readonly Node[]
  readonly files: readonly ChartFile[]
}

/** Backup in 0.5 and 0.6: a BackupPolicyTemplate that names one BackupTool (API.md 2.11 and 2.12). */
export function lowerBackup(lowering: Lowering): LoweredBackup {
  const { backup } = lowering.addon
  const method = backup?.methods[0]
  if (backup === undefined || method === undefined) return { policies: [], tools: [], files: [] }
  const tool = lowerTool(lowering, backup, method)
  return { policies: [policy(lowering, backup, method)], tools: [tool.object], files: tool.files }
}

/** Name of the BackupTool of a method. */
function toolName(addon: string, method: BackupMethod): string {
  return prefixed(addon, method.name)
}

/** The operator finds the template only by its label (API.md 4.1). */
function policy({ addon }: Lowering, backup: Backup, method: BackupMethod): Node {
  const { schedule } = method
  const hasCredential = addon.components.some(({ accounts }) => accounts.some(({ isInitial }) => isInitial))
  const credential = pair('target', map(pair('connectionCredentialKey', map(pair('passwordKey', 'password'), pair('usernameKey', 'username')))))
  return object(
    'apps.kubeblocks.io/v1alpha1',
    'BackupPolicyTemplate',
    metadata(addon.name, `${addon.name}-backup-policy-template`, {
      labels: { 'clusterdefinition.kubeblocks.io/name': addon.name },
      annotations: { 'dataprotection.kubeblocks.io/is-default-policy-template': 'true' },
    }),
    pair(
      'spec',
      map(
        pair('clusterDefinitionRef', addon.name),
        pair(
          'backupPolicies',
          seq([
            map(
              pair('componentDefRef', scalar(backup.component, backup.origin)),
              schedule === undefined
                ? []
                : [
                    ...pair('retention', map(pair('ttl', schedule.keep))),
                    ...pair('schedule', map(pair('datafile', map(pair('enable', schedule.enabled), pair('cronExpression', schedule.cron)))), {
                      origin: method.origin,
                    }),
                  ],
              pair('datafile', map(pair('backupToolName', toolName(addon.name, method)), hasCredential ? credential : [])),
            ),
          ]),
        ),
      ),
    ),
  )
}

function lowerTool(
  { addon, release }: Lowering,
  backup: Backup,
  method: BackupMethod,
): { readonly object: Node; readonly files: readonly ChartFile[] } {
  const image = addon.images.find(({ name }) => name === method.image)
  const folder = `files/backup/${method.name}`
  const prelude = (isBackup: boolean) =>
    renderSkeleton('scripts/backup-clusterdefinition.sh', {
      kubeblocks: release.version,
      isBackup,
      pods: isBackup && backup.pods === 'all' ? 'all' : 'one',
    })
  const backupText = prelude(true) + textOf(method.backup) + renderSkeleton('scripts/backup-clusterdefinition-end.sh', {})
  const restoreText = method.phase === 'ready' ? prelude(false) + textOf(method.restore) : `set -eu\n${textOf(method.restore)}`
  const noteText = renderSkeleton('scripts/restore-note-clusterdefinition.sh', {})
  const files: ChartFile[] = []
  const commands = (key: string, name: string, script: string) => {
    const text = escapeForKubelet(script)
    const content = contentNode(`${folder}/${name}`, text, method.origin)
    if (content.kind === 'expr') files.push({ path: `${folder}/${name}`, text, origin: method.origin })
    return pair(key, seq([scalar('/bin/sh'), scalar('-c'), content]))
  }
  const dataVolume: Item = { kind: 'item', value: map(pair('name', 'VOLUME_DATA_DIR'), pair('value', method.volume.path)) }
  const node = object(
    'dataprotection.kubeblocks.io/v1alpha1',
    'BackupTool',
    metadata(addon.name, toolName(addon.name, method), { labels: { 'clusterdefinition.kubeblocks.io/name': addon.name } }),
    pair(
      'spec',
      map(
        image === undefined ? [] : pair('image', imageReference(image, undefined)),
        pair('deployKind', 'job'),
        pair('env', items([dataVolume], method.env.flatMap(lowerEnvVar))),
        commands('backupCommands', 'backup.sh', backupText),
        pair(
          'physical',
          map(
            method.phase === 'ready'
              ? commands('restoreCommands', 'restore-note.sh', noteText)
              : commands('restoreCommands', 'restore.sh', restoreText),
          ),
        ),
        method.phase === 'ready' ? pair('logical', map(pair('podScope', 'All'), commands('restoreCommands', 'restore.sh', restoreText))) : [],
      ),
    ),
  )
  return { object: node, files }
}

/** Files one after the other; a shebang in the middle would only be a comment, and is left out. */
function textOf(files: readonly TextFile[]): string {
  return files.map(({ text }) => text.replace(/^#!.*\n/, '').replace(/\n*$/, '\n')).join('\n')
}

/**
 * Text of a container command that the kubelet leaves as it is. It expands `$(NAME)` and takes `$$` for `$` in commands,
 * so a dollar sign before either is doubled.
 */
export function escapeForKubelet(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$')
}
