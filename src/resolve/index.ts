import { messageOf, type Report } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { Source } from '../load/index.ts'
import type { ResolvedAddon, TextFile } from '../model/addon.ts'
import { resolveBackup } from './backup.ts'
import { resolveChanges } from './changes.ts'
import { resolveCluster } from './cluster.ts'
import { checkConfigMap, readFileList, readTextFile } from './files.ts'
import { checkSemver, checkTags, resolveImages, resolveVersions } from './images.ts'
import { resolveKnobs } from './knobs.ts'
import { resolveLines } from './lines.ts'
import { createScope, type Scope } from './scope.ts'
import { resolveTopologies } from './topologies.ts'

/**
 * Fills in defaults, reads the files the descriptor names, and checks every reference in it.
 * Reports `addon/...` and `file/...` findings; what it returns is to be used only when there was no error.
 */
export function resolve(addon: Addon, source: Source, report: Report): ResolvedAddon {
  const scope = createScope(source, report)
  checkSemver(scope, addon.version, ['version'])
  const versions = resolveVersions(scope, addon)
  const images = resolveImages(scope, addon)
  const knobs = resolveKnobs(scope, addon)
  const declared = { images: images.map(({ name }) => name), knobs }
  const lines = resolveLines(scope, addon, versions, declared)
  const components = lines.find((line) => line.versions.some(({ isDefault }) => isDefault))?.components ?? lines[0]?.components ?? []
  checkTags(scope, addon, images, lines)
  const topologies = resolveTopologies(scope, addon)
  const backup = resolveBackup(scope, addon, components, images)
  const cluster = resolveCluster(scope, addon, components, images)
  const dashboards = resolveDashboards(scope, addon)
  const guide = addon.guide === undefined ? undefined : readTextFile(scope, addon.guide, 'README.md', ['guide'])
  const changes = resolveChanges(scope, addon.version)
  for (const { name, origin } of images)
    if (!scope.uses.isUsed('image', name)) scope.problem('addon/unused', origin, `No container uses the image "${name}".`, { at: 'key' })
  for (const { name, origin } of knobs)
    if (!scope.uses.isUsed('knob', name))
      scope.problem('addon/unused', origin, `Nothing uses the knob "${name}".`, { at: 'key', hint: `use it by {knob: ${name}}` })
  return {
    name: addon.name,
    version: addon.version,
    engine: addon.engine,
    description: addon.description,
    category: addon.category,
    provider: addon.provider ?? 'community',
    license: addon.license,
    home: addon.home,
    icon: addon.icon,
    sources: addon.sources ?? [],
    keywords: addon.keywords ?? [],
    maintainers: addon.maintainers ?? [],
    knobs,
    images,
    versions,
    components,
    lines,
    topologies,
    backup,
    dashboards,
    guide,
    changes,
    cluster,
  }
}

function resolveDashboards(scope: Scope, addon: Addon): readonly TextFile[] {
  if (addon.dashboards === undefined) return []
  const files = readFileList(scope, addon.dashboards, ['dashboards'])
  for (const file of files) {
    checkConfigMap(scope, `the dashboard "${file.name}"`, [file])
    const wrong = wrongDashboard(file.text)
    if (wrong !== undefined) scope.problem('file/json', file.origin, `The dashboard "${file.path}" ${wrong}.`)
  }
  return files
}

/** Why a text is no dashboard, in words that follow its name. */
function wrongDashboard(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'is JSON, and no JSON object'
  } catch (error) {
    // Node adds a piece of the text, whose line ends and length help nobody.
    return `is not JSON: ${messageOf(error).replace(/,? (?:\.\.\.)?".*/s, '')}`
  }
}
