import { textAt } from '../../../objects/index.ts'
import { FROM_08 } from '../../../operator/index.ts'
import type { ObjectRule } from '../../rule.ts'

const ANNOTATION = 'addon.kubeblocks.io/kubeblocks-version'

const VERSION = String.raw`v?[0-9xX*]+(?:\.[0-9xX*]+){0,2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`
const COMPARISON = String.raw`(?:(?:=|!=|>=?|=>|<=?|=<|~>?|\^) ?)?${VERSION}`
/** What stands between `||`, as Masterminds/semver v3 reads it; with single blanks, so that there is one way to read it. */
const ALTERNATIVE = new RegExp(`^(?:${VERSION} - ${VERSION}|${COMPARISON}(?:(?: ?, ?| )${COMPARISON})*)$`)

function isRange(text: string): boolean {
  return text.split('||').every((part) => ALTERNATIVE.test(part.trim().replace(/\s+/g, ' ')))
}

const rule: ObjectRule = {
  code: 'addon-object/range',
  kinds: ['Addon'],
  releases: FROM_08,
  source:
    'kbcli release-0.8:pkg/cmd/addon/install.go validateVersion; release-1.0:controllers/extensions/addon_controller_stages.go checkAnnotationsConstraint',
  check(object) {
    const range = textAt(object, 'metadata', 'annotations', ANNOTATION) ?? ''
    if (range === '' || isRange(range)) return []
    return [{ path: ['metadata', 'annotations', ANNOTATION], message: `"${range}" is not a range of versions, so the addon cannot be installed.` }]
  },
}
export default rule
