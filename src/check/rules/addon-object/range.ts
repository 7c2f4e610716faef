import { textAt } from '../../../objects/index.ts'
import { FROM_08 } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const ANNOTATION = 'addon.kubeblocks.io/kubeblocks-version'

const VERSION = String.raw`v?[0-9|xX*]+(?:\.[0-9|xX*]+){0,2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`
const COMPARISON = String.raw`(?:=|!=|>=?|=>|<=?|=<|~>?|\^)?\s*${VERSION}`
/** What stands between `||`, as Masterminds/semver v3 reads it. */
const ALTERNATIVE = new RegExp(String.raw`^\s*(?:${VERSION}\s+-\s+${VERSION}|${COMPARISON}(?:(?:\s+|\s*,\s*)${COMPARISON})*)\s*$`)

const rule: ObjectRule = {
  code: 'addon-object/range',
  kinds: ['Addon'],
  releases: FROM_08,
  source:
    'kbcli release-0.8:pkg/cmd/addon/install.go validateVersion; release-1.0:controllers/extensions/addon_controller_stages.go checkAnnotationsConstraint',
  check(object) {
    const range = textAt(object, 'metadata', 'annotations', ANNOTATION) ?? ''
    // What is longer is not worth the time, and is no range anybody writes.
    if (range === '' || (range.length < 256 && range.split('||').every((part) => ALTERNATIVE.test(part)))) return []
    return [{ path: ['metadata', 'annotations', ANNOTATION], message: `"${range}" is not a range of versions, so the addon cannot be installed.` }]
  },
}
export default rule
