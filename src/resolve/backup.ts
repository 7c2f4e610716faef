import type { Path } from '../diagnostics/index.ts'
import type { Addon, EnvValue } from '../generated/addon.ts'
import type { Backup, BackupMethod, Component, Image } from '../model/addon.ts'
import { resolveEnv } from './env.ts'
import { checkScripts, readFileList } from './files.ts'
import { entriesOf, type Scope } from './scope.ts'

type Env = Readonly<Record<string, EnvValue>> | undefined

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
  const image = images.find((candidate) => candidate.name === method.image)
  if (
    scope.isDeclared(
      'image',
      method.image,
      images.map((candidate) => candidate.name),
      [...origin, 'image'],
    )
  )
    scope.uses.use('image', method.image)
  if (image !== undefined && image.tag === undefined)
    scope.problem(
      'addon/image-tag',
      [...origin, 'image'],
      `The image "${method.image}" has a tag for each engine version; backups need one tag for all.`,
      {
        hint: `name a second image with a tag of its own here: images: {${method.image}-backup: {repository: ${image.repository}, tag: ...}}`,
      },
    )
  const env = resolveEnv(scope, withoutPods(scope, method.env, [...origin, 'env']), [...origin, 'env'], {
    knobs: entriesOf(addon.values, ['values']).map(({ name, value }) => ({ name, type: value.type })),
    self: undefined,
    components: {},
  })
  const backup = readFileList(scope, method.backup.script, [...origin, 'backup', 'script'])
  const restore = readFileList(scope, method.restore.script, [...origin, 'restore', 'script'])
  checkScripts(scope, [...backup, ...restore])
  const volume = resolveVolume(scope, method.volume, [...origin, 'volume'], component)
  if (volume === undefined) return []
  const planned = addon.backup?.schedules?.[name]
  const schedule = planned === undefined ? undefined : { cron: planned.cron, enabled: planned.enabled ?? false, keep: planned.keep ?? '7d' }
  return [{ name, image: method.image, volume, env, backup, restore, phase: method.restore.phase, schedule, origin }]
}

/** What operators give to containers of pods, and not to the jobs of a method, with what to write instead. */
const ONLY_IN_PODS = [
  ['fact', 'a fact about a pod', 'use a text, a knob or a secret'],
  [
    'account',
    'taken from an account',
    'remove it: the scripts get the initial account as docs/scripts.md says, its password as DP_DB_PASSWORD or DB_PASSWORD',
  ],
  ['reference', 'taken from a reference', 'use a text, a knob or a secret'],
] as const

/** The variables of a method without those that only pods can have, which are reported. */
function withoutPods(scope: Scope, env: Env, path: Path): Env {
  const usable = entriesOf(env, path).filter(({ name, value, origin }) => {
    if (typeof value === 'string') return true
    const wrong = ONLY_IN_PODS.find(([kind]) => value[kind] !== undefined)
    if (wrong === undefined) return true
    const [, what, hint] = wrong
    scope.problem('addon/exactly-one', origin, `The backup variable ${name} cannot be ${what}: a backup method uses texts, knobs and secrets only.`, {
      hint,
    })
    return false
  })
  return Object.fromEntries(usable.map(({ name, value }) => [name, value]))
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
