import type { Finding, Locate, Report } from '../../diagnostics/index.ts'
import { textAt } from '../../objects/index.ts'
import type { Release } from '../release.ts'

/** What an Addon object is made from. */
export interface AddonSource {
  /** Chart.yaml as it is packed: what the chart says of itself and what its Addon says are one. */
  readonly metadata: unknown
  readonly release: Release
  /** URL of the repository of all releases. */
  readonly repository: string
  readonly locate: Locate
  readonly report: Report
}

const RANGE = 'addon.kubeblocks.io/kubeblocks-version'
const MODEL = 'addon.kubeblocks.io/model'
const PROVIDER = 'addon.kubeblocks.io/provider'

/** Values of labels, of Kubernetes. */
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/

/** Whether a chart is that of an addon, and not of clusters: it says who provides it. */
export function isAddonChart(metadata: unknown): boolean {
  return textAt(metadata, 'annotations', PROVIDER) !== undefined
}

/**
 * Where Helm finds a package: each release has a channel of its own, since a chart has the same name and version in all of them. A registry has
 * no file for a version, which is named beside it.
 */
export function packageUrl(repository: string, kubeblocks: string, name: string, version: string): string {
  const channel = `${repository.replace(/\/+$/, '')}/${kubeblocks}/${name}`
  return isRegistry(repository) ? channel : `${channel}-${version}.tgz`
}

/**
 * The Addon object of a chart for one release, as indexes hold it (kubeblocks-addons: hack/gen-addon-crs.py). `autoInstall` is what makes `kbcli addon install`
 * install: it only creates the object (release-1.0 of kbcli: pkg/cmd/addon/install.go). What cannot be a label is reported, and there is no object.
 */
export function addonObject({ metadata, release, repository, locate, report }: AddonSource): Readonly<Record<string, unknown>> | undefined {
  const name = textAt(metadata, 'name') ?? ''
  const version = textAt(metadata, 'version') ?? ''
  const provider = textAt(metadata, 'annotations', PROVIDER) ?? ''
  const model = textAt(metadata, 'annotations', MODEL)
  if (!LABEL.test(version)) {
    const finding: Finding = {
      code: 'target/version-label',
      message: `The version "${version}" cannot be the value of a label.`,
      place: locate(['version']),
    }
    report({ ...finding, kubeblocks: [release.version], hint: versionHint(version) })
    return undefined
  }
  return {
    apiVersion: 'extensions.kubeblocks.io/v1alpha1',
    kind: 'Addon',
    metadata: {
      name,
      labels: {
        'addon.kubeblocks.io/name': name,
        'addon.kubeblocks.io/version': version,
        // kbcli takes for an engine what has a model.
        ...(model === undefined ? {} : { [MODEL]: model }),
        [PROVIDER]: provider,
        // `kbcli addon list` of 0.6 and 0.7 and `kbcli kubeblocks status` of every release read this one (release-0.5:internal/cli/cmd/kubeblocks/status.go, the same in
        // release-1.1 of kbcli).
        'kubeblocks.io/provider': provider,
      },
      annotations: { [RANGE]: textAt(metadata, 'annotations', RANGE) },
    },
    spec: {
      description: textAt(metadata, 'description'),
      type: 'Helm',
      // The operator fills in what is missing from the labels, and would keep that when the next version is applied.
      ...(release.addonVersion ? { provider, version } : {}),
      helm: {
        chartLocationURL: packageUrl(repository, release.version, name, version),
        ...(isRegistry(repository) ? { installOptions: { version } } : {}),
      },
      installable: { autoInstall: true },
      defaultInstallValues: [{ enabled: true }],
    },
  }
}

function isRegistry(repository: string): boolean {
  return repository.startsWith('oci://')
}

function versionHint(version: string): string {
  const [bare = ''] = version.split('+')
  return LABEL.test(bare) ? `write "${bare}"` : 'shorten it to 63 characters'
}
