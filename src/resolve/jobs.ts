import type { Path } from '../diagnostics/index.ts'
import type { Addon, EnvValue } from '../generated/addon.ts'
import type { EnvVar, Image } from '../model/addon.ts'
import { resolveEnv } from './env.ts'
import { entriesOf, type Scope } from './scope.ts'

/** How findings speak of pods that are not the engine's own: those of backups, and of tests. */
export interface JobWords {
  readonly variable: string
  readonly owner: string
  readonly jobs: string
  /** What the name of an image of their own ends in. */
  readonly image: string
  /** What to do instead of naming an account. */
  readonly account: string
}

/** Checks the image of such pods, which run whatever version the engine has: it is declared, and has one tag. */
export function checkJobImage(scope: Scope, wanted: string, images: readonly Image[], path: Path, words: JobWords): void {
  const names = images.map(({ name }) => name)
  if (scope.isDeclared('image', wanted, names, path)) scope.uses.use('image', wanted)
  const image = images.find(({ name }) => name === wanted)
  if (image === undefined || image.tag !== undefined) return
  scope.problem('addon/image-tag', path, `The image "${wanted}" has a tag for each engine version; ${words.jobs} need one tag for all.`, {
    hint: `name a second image with a tag of its own here: images: {${wanted}-${words.image}: {repository: ${image.repository}, tag: ...}}`,
  })
}

/** The environment of such pods: texts, knobs and secrets. */
export function resolveJobEnv(scope: Scope, addon: Addon, env: Env, path: Path, words: JobWords): readonly EnvVar[] {
  return resolveEnv(scope, withoutPods(scope, env, path, words), path, {
    knobs: entriesOf(addon.values, ['values']).map(({ name, value }) => ({ name, type: value.type })),
    self: undefined,
    components: {},
  })
}

type Env = Readonly<Record<string, EnvValue>> | undefined

/** What operators give to containers of the engine's pods alone. */
const ONLY_IN_PODS = [
  ['fact', 'a fact about a pod'],
  ['account', 'taken from an account'],
  ['reference', 'taken from a reference'],
] as const

/** The variables without those that only the engine's pods can have, which are reported. */
function withoutPods(scope: Scope, env: Env, path: Path, words: JobWords): Env {
  const usable = entriesOf(env, path).filter(({ name, value, origin }) => {
    if (typeof value === 'string') return true
    const wrong = ONLY_IN_PODS.find(([kind]) => value[kind] !== undefined)
    if (wrong === undefined) return true
    const [kind, what] = wrong
    scope.problem(
      'addon/exactly-one',
      origin,
      `The ${words.variable} ${name} cannot be ${what}: ${words.owner} uses texts, knobs and secrets only.`,
      { hint: kind === 'account' ? words.account : 'use a text, a knob or a secret' },
    )
    return false
  })
  return Object.fromEntries(usable.map(({ name, value }) => [name, value]))
}
