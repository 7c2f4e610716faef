import { textAt } from '../../../objects/index.ts'
import { FROM_08 } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const LABEL = 'addon.kubeblocks.io/version'

const rule: ObjectRule = {
  code: 'addon-object/version',
  kinds: ['Addon'],
  releases: FROM_08,
  source: 'kbcli release-0.8:pkg/cmd/addon/install.go Complete, pkg/cmd/addon/util.go getAddonVersion',
  check(object) {
    const label = (key: string) => textAt(object, 'metadata', 'labels', key)
    // Others are not found by their version, and may be older than what they install.
    if (label('addon.kubeblocks.io/model') === undefined) return []
    const version = label(LABEL) ?? label('app.kubernetes.io/version') ?? ''
    if (version === '') return [{ path: ['metadata', 'labels'], message: `Without the label ${LABEL} kbcli does not find the addon in an index.` }]
    return versionsOf(object)
      .filter(({ text, matches }) => text !== '' && !matches(version))
      .map(({ path, text }) => ({ path, message: `kbcli finds the addon as version "${version}", and here it is "${text}".` }))
  },
}
export default rule

interface Said {
  readonly path: readonly string[]
  readonly text: string
  matches(version: string): boolean
}

/** Where an Addon says a version, its labels apart. */
function versionsOf(object: unknown): readonly Said[] {
  const said = (...path: readonly string[]): Said => {
    const text = textAt(object, ...path) ?? ''
    return { path, text, matches: (version) => text === version }
  }
  const path = ['spec', 'helm', 'chartLocationURL']
  // A package without a version in its name says none.
  const last = (textAt(object, ...path) ?? '').split('/').at(-1) ?? ''
  const file = last.endsWith('.tgz') && /-v?\d+\.\d/.test(last) ? last : ''
  return [
    { path, text: file, matches: (version) => file.endsWith(`-${version}.tgz`) || file.endsWith(`-v${version}.tgz`) },
    said('spec', 'helm', 'installOptions', 'version'),
    said('spec', 'version'),
  ]
}
