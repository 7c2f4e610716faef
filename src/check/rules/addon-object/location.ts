import { textAt } from '../../../objects/index.ts'
import { ALL } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const rule: ObjectRule = {
  code: 'addon-object/location',
  kinds: ['Addon'],
  releases: ALL,
  source: 'release-1.0:controllers/extensions/addon_controller_stages.go helmTypeInstallStage, the same from 0.5 on',
  check(object) {
    const path = ['spec', 'helm', 'chartLocationURL']
    const url = textAt(object, ...path) ?? ''
    const option = (name: string) => textAt(object, 'spec', 'helm', 'installOptions', name) ?? ''
    // Installed with --repo, a chart is found by its name.
    if (url === '' || option('repo') !== '') return []
    if (!/^(https?|oci|file):\/\//.test(url))
      return [{ path, message: `"${url}" is not a URL, and Helm in the operator has no repositories to look for it.` }]
    const isTagged = /[:@]/.test(url.slice('oci://'.length).split('/').slice(1).at(-1) ?? '')
    if (!url.startsWith('oci://') || isTagged || option('version') !== '') return []
    return [{ path, message: 'No version of the chart is named, so the newest in the registry is installed.' }]
  },
}
export default rule
