import { releases } from './releases.ts'

/**
 * The operator versions of the releases from the first to the last, as a range. kbcli and the operator read it (API.md 6.1). Its parts are
 * joined by a comma because an operator that is itself a pre-release lets pre-releases into each part between commas, and of parts joined by a
 * blank into the last alone: release-1.0:controllers/extensions/addon_controller_stages.go validateVersion.
 */
export function rangeOf(first: string, last: string): string {
  const [minor, pre] = first.split('-')
  return `>=${minor}.0${pre === undefined ? '' : `-${pre}.0`}, <${after(last)}.0${last.includes('-') ? '-0' : ''}`
}

/** The minor version after a release: that of the next one known, else the next number. */
function after(release: string): string {
  const next = releases[releases.findIndex(({ version }) => version === release) + 1]
  if (next !== undefined) return next.version.replace(/-.*/, '')
  const [major, minor] = release.replace(/-.*/, '').split('.')
  return `${major}.${Number(minor) + 1}`
}
