import satisfies from 'semver/functions/satisfies.js'
import intersects from 'semver/ranges/intersects.js'
import validRange from 'semver/ranges/valid.js'
import type { Api } from '../apimodel/index.ts'

/** The releases of which some version is in a range of versions; none when the range cannot be read. */
export function releasesIn(range: string, apis: readonly Api[]): readonly Api[] {
  return validRange(joined(range)) === null ? [] : apis.filter(({ release }) => allows(range, release))
}

function allows(range: string, release: string): boolean {
  const [minor = '', pre] = release.split('-')
  if (pre === undefined) return intersects(joined(range), `~${minor}.0`)
  const read = asPreReleaseReads(range)
  const version = `${minor}.0-${pre}.999`
  return read.split('||').some((alternative) => {
    // Of a comparator that names no pre-release, no pre-release is part.
    const comparators = alternative.replace(/([<>=~^!]) +/g, '$1').split(/[\s,]+/)
    // Go reads 1.1-0 as 1.1.0-0, which npm does not.
    const full = comparators.map((one) => one.replace(/^(\D*\d+)(\.\d+)?-/, (_, major, minorPart = '.0') => `${major}${minorPart}.0-`))
    return full.every((one) => one === '' || one.includes('-')) && satisfies(version, full.join(' '), { includePrerelease: true })
  })
}

/** How operators and kbcli that are pre-releases read a range: API.md 6.1, release-1.0:controllers/extensions/addon_controller_stages.go validateVersion. */
function asPreReleaseReads(range: string): string {
  const parts = range.split(',').map((part) => part.trim())
  return parts.map((part) => (!part.includes('-') && (part.startsWith('>') || part.includes('<')) ? `${part}-0` : part)).join(',')
}

/** Go's ranges join with commas what npm's join with blanks. */
function joined(range: string): string {
  return range.replaceAll(',', ' ')
}
