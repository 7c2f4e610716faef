import coerce from 'semver/functions/coerce.js'
import valid from 'semver/functions/valid.js'
import type { Path } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { EngineVersion, Image, Line } from '../model/addon.ts'
import { isFloatingTag } from '../model/image-tag.ts'
import { entriesOf, type Scope } from './scope.ts'

/** The engine versions, with exactly one default. */
export function resolveVersions(scope: Scope, addon: Addon): readonly EngineVersion[] {
  const names = addon.versions.map(({ version }) => version)
  addon.versions.forEach(({ version, upgradeFrom = [] }, index) => {
    const path: Path = ['versions', index]
    checkSemver(scope, version, [...path, 'version'])
    if (names.indexOf(version) < index) scope.problem('addon/duplicate', [...path, 'version'], `The version ${version} is listed twice.`)
    upgradeFrom.forEach((from, i) => {
      const origin: Path = [...path, 'upgradeFrom', i]
      if (from === version) scope.problem('addon/reference', origin, `The version ${version} cannot be upgraded from itself.`)
      else scope.isDeclared('version', from, names, origin)
    })
  })
  const defaults = addon.versions.flatMap((version, index) => (version.default === true ? [index] : []))
  if (defaults.length > 1)
    scope.problem('addon/default-version', ['versions', defaults[1] ?? 0, 'default'], `${defaults.length} versions are marked as the default.`)
  const isDefault = defaults[0] ?? 0
  return addon.versions.map(({ version, upgradeFrom = [] }, index) => ({
    version,
    upgradeFrom,
    isDefault: index === isDefault,
    origin: ['versions', index],
  }))
}

/** Reports a version that is not semantic. */
export function checkSemver(scope: Scope, version: string, path: Path): void {
  if (valid(version) === version || (version.includes('+') && valid(version) !== null && !version.startsWith('v'))) return
  const better = coerce(version)?.version
  scope.problem('addon/version', path, `"${version}" is not a semantic version.`, {
    hint: better === undefined ? 'write major.minor.patch' : `write "${better}"`,
  })
}

/** The images, each with one tag for all engine versions or one for each. */
export function resolveImages(scope: Scope, addon: Addon): readonly Image[] {
  const declared = Object.keys(addon.images)
  addon.versions.forEach(({ images }, index) => {
    for (const { name, origin } of entriesOf(images, ['versions', index, 'images'])) scope.isDeclared('image', name, declared, origin)
  })
  return entriesOf(addon.images, ['images']).map(({ name, value, origin }) => {
    const image = typeof value === 'string' ? { repository: value } : value
    const at: Path = typeof value === 'string' ? origin : [...origin, 'repository']
    checkRepository(scope, image.repository, image.registry, at)
    if (image.tag !== undefined) checkTag(scope, image.tag, [...origin, 'tag'])
    const tags = new Map<string, string>()
    addon.versions.forEach(({ version, images }, index) => {
      const tag = images?.[name]
      const path: Path = ['versions', index, 'images', name]
      if (tag !== undefined) {
        checkTag(scope, tag, path)
        if (image.tag !== undefined)
          scope.problem('addon/image-tag', path, `The image "${name}" has the tag "${image.tag}" for all versions already.`)
        tags.set(version, tag)
      }
    })
    return { name, registry: image.registry, repository: image.repository, tag: image.tag, tags, origin }
  })
}

/** Reports versions without a tag for an image that a container of their line uses. */
export function checkTags(scope: Scope, addon: Addon, images: readonly Image[], lines: readonly Line[]): void {
  for (const { versions, components } of lines) {
    const used = new Set(components.flatMap(({ init, containers }) => [...init, ...containers].map(({ image }) => image)))
    for (const { name, tag, tags } of images) {
      if (tag !== undefined || !used.has(name)) continue
      for (const { version } of versions.filter((candidate) => !tags.has(candidate.version))) {
        const index = addon.versions.findIndex((candidate) => candidate.version === version)
        scope.problem('addon/image-tag', ['versions', index, 'images', name], `Version ${version} has no tag for the image "${name}".`, {
          hint: `add images: {${name}: ...} to the version, or a tag to the image`,
        })
      }
    }
  }
}

function checkRepository(scope: Scope, repository: string, registry: string | undefined, path: Path): void {
  const [, host, name = '', tag] = /^([^/]*[.:][^/]*|localhost)\/([^:@]+)(?::([^/@]+))?/.exec(repository) ?? []
  // A first part with a dot or a colon, or localhost, is a registry: github.com/distribution/reference normalize.go splitDockerDomain.
  if (host !== undefined) {
    const pieces = [
      `registry: ${host.includes(':') ? JSON.stringify(host) : host}`,
      `repository: ${name}`,
      ...(tag === undefined ? [] : [`tag: ${JSON.stringify(tag)}`]),
    ]
    scope.problem('schema/pattern', path, `"${repository}" starts with a registry, which every chart puts in front of it again.`, {
      hint: `the registry has a field of its own: ${registry === undefined ? '' : `instead of ${registry}, `}{${pieces.join(', ')}}`,
    })
    return
  }
  if (/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(repository)) return
  const colon = repository.includes(':') || repository.includes('@')
  scope.problem('schema/pattern', path, `"${repository}" is not a repository.`, {
    hint: colon ? 'the tag has a field of its own: {repository: ..., tag: ...}' : 'lower-case letters, digits and ._-/ only',
  })
}

function checkTag(scope: Scope, tag: string, path: Path): void {
  if (isFloatingTag(tag))
    scope.problem('addon/image-tag', path, `The tag "${tag}" names another image tomorrow.`, { hint: 'write the tag of a release' })
  else if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag))
    scope.problem('schema/pattern', path, `"${tag}" is not a tag.`, { hint: 'letters, digits, _ . and -, at most 128' })
}
