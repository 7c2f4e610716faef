import { yamlString } from '../../gotemplate/index.ts'
import type { ResolvedAddon } from '../../model/addon.ts'
import { clusterChartName } from '../names.ts'
import { rangeOf } from '../range.ts'
import type { Release } from '../release.ts'

/** The annotation with the range of operator versions; it is narrowed or widened to what accepts the chart once that is known. */
export const RANGE_ANNOTATION = 'addon.kubeblocks.io/kubeblocks-version'

/** Fields of Chart.yaml. Annotations say what the chart is for: kbcli and the Addon index read the first three (API.md 6.2). */
export function chartMetadata(addon: ResolvedAddon, release: Release, kind: 'addon' | 'cluster' = 'addon'): Readonly<Record<string, unknown>> {
  const appVersion = addon.versions.find(({ isDefault }) => isDefault)?.version
  const annotations = {
    [RANGE_ANNOTATION]: rangeOf(release.version, release.version),
    // What has these is an addon to kbcli.
    ...(kind === 'addon' ? { 'addon.kubeblocks.io/model': addon.category, 'addon.kubeblocks.io/provider': addon.provider } : {}),
    'addonsmith.dev/kubeblocks': release.version,
    'artifacthub.io/license': addon.license,
    ...artifactHub(addon, release),
  }
  return present({
    apiVersion: 'v2',
    name: kind === 'addon' ? addon.name : clusterChartName(addon),
    version: addon.version,
    appVersion,
    description: kind === 'addon' ? addon.description : `Clusters of ${addon.name}. ${addon.description}`,
    type: 'application',
    home: addon.home,
    icon: addon.icon,
    keywords: addon.keywords.length > 0 ? addon.keywords : undefined,
    sources: addon.sources.length > 0 ? addon.sources : undefined,
    maintainers: addon.maintainers.length > 0 ? addon.maintainers : undefined,
    annotations: present(annotations),
  })
}

/** What Artifact Hub shows beside the license; images are added when they are known (artifacthub.io/docs/topics/annotations/helm). */
function artifactHub({ version, changes }: ResolvedAddon, release: Release): Readonly<Record<string, string | undefined>> {
  // Neither a version before a release nor a chart for a KubeBlocks that is not out yet is what users look for.
  const isPrerelease = /^[0-9.]+-/.test(version) || release.version.includes('-')
  const listed = changes.map(({ kind, text }) => `- kind: ${kind}\n  description: ${yamlString(text)}\n`)
  return {
    'artifacthub.io/prerelease': isPrerelease ? 'true' : undefined,
    'artifacthub.io/changes': listed.length === 0 ? undefined : listed.join(''),
  }
}

/** Without the fields that are not there. */
function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
