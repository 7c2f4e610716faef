import { textAt } from '../../../objects/index.ts'
import { NEW } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const LABEL = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/

/** A field of an Addon, and the label that the operator fills from it when it has none. */
const COPIED = [
  ['provider', 'addon.kubeblocks.io/provider'],
  ['version', 'addon.kubeblocks.io/version'],
] as const

const rule: ObjectRule = {
  code: 'addon-object/label',
  kinds: ['Addon'],
  releases: NEW,
  source: 'release-1.0:controllers/extensions/addon_controller_stages.go setAddonProviderAndVersion',
  check(object) {
    return COPIED.flatMap(([field, label]) => {
      const text = textAt(object, 'spec', field) ?? ''
      const given = textAt(object, 'metadata', 'labels', label) ?? ''
      if (text === '' || given !== '' || LABEL.test(text)) return []
      return [{ path: ['spec', field], message: `"${text}" cannot be the label ${label}, so the addon is never installed.` }]
    })
  },
}
export default rule
