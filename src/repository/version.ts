/** What Helm takes for a version (Masterminds semver, NewVersion): one to three numbers, a `v` in front, a prerelease, build metadata. */
const FORM = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/** A version, ready to be compared. */
export interface Version {
  readonly text: string
  readonly numbers: readonly [string, string, string]
  readonly prerelease: readonly string[]
}

/** Reads a version as Helm does; nothing when Helm would leave the entry out. */
export function parseVersion(text: string): Version | undefined {
  const match = FORM.exec(text)
  if (match === null) return undefined
  const [, major = '0', minor = '0', patch = '0', prerelease] = match
  return { text, numbers: [major, minor, patch], prerelease: prerelease === undefined ? [] : prerelease.split('.') }
}

/** The order of an index, newest first. Versions that differ in build metadata alone are equal to Helm; their texts decide, so that the order is one. */
export function newestFirst(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const) {
    const order = compareNumbers(b.numbers[index], a.numbers[index])
    if (order !== 0) return order
  }
  const order = comparePrereleases(b.prerelease, a.prerelease)
  return order !== 0 ? order : compareTexts(b.text, a.text)
}

/** Numbers of any length, which JavaScript's cannot hold. */
function compareNumbers(a: string, b: string): number {
  if (a === b) return 0
  const x = a.replace(/^0+(?=\d)/, '')
  const y = b.replace(/^0+(?=\d)/, '')
  return x.length - y.length || compareTexts(x, y)
}

/** By the rules of semver: none is newer than any, numbers before texts, more parts after fewer. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (let index = 0; ; index++) {
    const x = a[index]
    const y = b[index]
    if (x === undefined || y === undefined) return (x === undefined ? 0 : 1) - (y === undefined ? 0 : 1)
    const order = compareParts(x, y)
    if (order !== 0) return order
  }
}

function compareParts(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  return aIsNumber ? compareNumbers(a, b) : compareTexts(a, b)
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
