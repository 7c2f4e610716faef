import type { Path } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { Backup, BackupMethod, Component, Image } from '../model/addon.ts'
import { checkScripts, readFileList } from './files.ts'
import { checkJobImage, type JobWords, resolveJobEnv } from './jobs.ts'
import { entriesOf, type Scope } from './scope.ts'

/** How findings speak of backups. */
const WORDS: JobWords = {
  variable: 'backup variable',
  owner: 'a backup method',
  jobs: 'backups',
  image: 'backup',
  account: 'remove it: the scripts get the initial account as docs/scripts.md says, its password as DP_DB_PASSWORD or DB_PASSWORD',
}

/** How the addon is backed up, with everything it refers to checked. */
export function resolveBackup(scope: Scope, addon: Addon, components: readonly Component[], images: readonly Image[]): Backup | undefined {
  const { backup } = addon
  if (backup === undefined) return undefined
  scope.isDeclared(
    'component',
    backup.component,
    components.map(({ name }) => name),
    ['backup', 'component'],
  )
  const component = components.find(({ name }) => name === backup.component)
  for (const { name, origin } of entriesOf(backup.schedules, ['backup', 'schedules']))
    scope.isDeclared('backup method', name, Object.keys(backup.methods), origin)
  const methods = entriesOf(backup.methods, ['backup', 'methods']).flatMap(({ name, origin }) =>
    component === undefined ? [] : resolveMethod(scope, addon, name, origin, component, images),
  )
  return { component: backup.component, pods: backup.target?.pods ?? 'any', methods, origin: ['backup'] }
}

function resolveMethod(scope: Scope, addon: Addon, name: string, origin: Path, component: Component, images: readonly Image[]): BackupMethod[] {
  const method = addon.backup?.methods[name]
  if (method === undefined) return []
  checkJobImage(scope, method.image, images, [...origin, 'image'], WORDS)
  const env = resolveJobEnv(scope, addon, method.env, [...origin, 'env'], WORDS)
  const backup = readFileList(scope, method.backup.script, [...origin, 'backup', 'script'])
  const restore = readFileList(scope, method.restore.script, [...origin, 'restore', 'script'])
  checkScripts(scope, [...backup, ...restore])
  const volume = resolveVolume(scope, method.volume, [...origin, 'volume'], component)
  if (volume === undefined) return []
  const planned = addon.backup?.schedules?.[name]
  const schedule = planned === undefined ? undefined : { cron: planned.cron, enabled: planned.enabled ?? false, keep: planned.keep ?? '7d' }
  return [{ name, image: method.image, volume, env, backup, restore, phase: method.restore.phase, schedule, origin }]
}

/** The claim with the data, and where a container mounts it. */
function resolveVolume(scope: Scope, wanted: string | undefined, path: Path, component: Component): BackupMethod['volume'] | undefined {
  const claims = component.volumes.filter((volume) => volume.kind === 'claim').map(({ name }) => name)
  const name = wanted ?? (claims.length === 1 ? claims[0] : undefined)
  if (name === undefined) {
    const at = { at: 'key' } as const
    if (claims.length === 0)
      scope.problem('addon/reference', path.slice(0, -1), `The component "${component.name}" has no claim, so there is nothing to back up.`, {
        ...at,
        hint: 'give the component a volume with claim: true',
      })
    else
      scope.problem(
        'schema/missing-field',
        path.slice(0, -1),
        `The component "${component.name}" has ${claims.length} claims; say which one holds the data.`,
        {
          ...at,
          hint: `add volume: ${claims.join(' or ')}`,
        },
      )
    return undefined
  }
  if (!scope.isDeclared('claim', name, claims, path)) return undefined
  const mount = component.containers.flatMap(({ mounts }) => mounts).find(({ volume }) => volume === name)
  return { name, path: mount?.path ?? '/' }
}
