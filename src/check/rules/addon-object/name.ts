import { ALL, nameOf } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

/** Of names of Helm releases, less `kb-addon-`. */
const LONGEST = 53 - 'kb-addon-'.length

const rule: ObjectRule = {
  code: 'addon-object/name',
  kinds: ['Addon'],
  releases: ALL,
  source:
    'release-0.5:controllers/extensions/addon_controller_stages.go getHelmReleaseName, the same in every release; helm:pkg/chartutil/validate_name.go',
  check(object) {
    const { length } = nameOf(object)
    if (length <= LONGEST) return []
    return [
      { path: ['metadata', 'name'], message: `The name has ${length} characters; with more than ${LONGEST} Helm refuses the release of the addon.` },
    ]
  },
}
export default rule
