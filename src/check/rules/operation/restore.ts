import { didYouMean, suggestAmong } from '../../../diagnostics/index.ts'
import { textAt } from '../../../objects/index.ts'
import { ALL, type Item, isOfKubeBlocks, nameOf, ofKind, operationType, sectionsOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

/** Backups that objects make: by themselves, or by an OpsRequest. */
function backupNames(objects: readonly unknown[]): readonly string[] {
  const requested = ofKind(objects, 'OpsRequest')
    .filter((request) => operationType(request) === 'Backup')
    .flatMap((request) => sectionsOf(request).flatMap(({ item }) => textAt(item, 'backupName') ?? []))
  return [...ofKind(objects, 'Backup').filter(isOfKubeBlocks).map(nameOf), ...requested]
}

/** Where an object names the Backup it restores. */
function restored(object: unknown): readonly Item[] {
  if (textAt(object, 'kind') === 'Restore')
    return isOfKubeBlocks(object) ? [{ item: textAt(object, 'spec', 'backup', 'name'), path: ['spec', 'backup', 'name'] }] : []
  if (operationType(object) !== 'Restore') return []
  return sectionsOf(object).map(({ item, path }) => ({ item: textAt(item, 'backupName'), path: [...path, 'backupName'] }))
}

const rule: ObjectRule = {
  code: 'operation/restore',
  kinds: ['OpsRequest', 'Restore'],
  releases: ALL,
  source:
    'release-0.8 and release-0.9:controllers/apps/operations/restore.go restoreClusterFromBackup; release-1.0:pkg/operations/restore.go, the same function',
  check(object, objects, _release, others) {
    const known = [...new Set(backupNames([...objects, ...others]))]
    // A backup may be there already: it is missed only where others are made in the same file or chart, or one of nearly that name is.
    const isMade = backupNames(objects).length > 0
    return restored(object).flatMap(({ item, path }) =>
      typeof item !== 'string' || known.includes(item) || !(isMade || didYouMean(item, known) !== undefined)
        ? []
        : [{ path, message: `The Backup "${item}" is not among those that are made here.`, hint: suggestAmong(item, known) }],
    )
  },
}
export default rule
