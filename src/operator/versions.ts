/** A semantic version as the operator reads it. */
interface Semantic {
  readonly numbers: readonly [number, number, number]
  readonly preRelease: string
}

/** kubernetes:staging/src/k8s.io/apimachinery/pkg/util/version/version.go ParseSemantic: three numbers without leading zeros; a leading `v` is taken. */
function parseSemantic(text: string): Semantic | undefined {
  const match = /^\s*v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\s*$/.exec(text)
  return match === null ? undefined : { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], preRelease: match[4] ?? '' }
}

export function isSemantic(text: string): boolean {
  return parseSemantic(text) !== undefined
}

/** Orders semantic versions; texts that are none come first, as the empty one does for the operator. Build metadata does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseSemantic(a), parseSemantic(b)]
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  for (const [index, number] of left.numbers.entries()) {
    const difference = number - (right.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  return comparePreReleases(left.preRelease, right.preRelease)
}

/** A release without one is later than all that have one; numbers come before words. */
function comparePreReleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? 1 : -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]]
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1
    if (x === y) continue
    const [isNumber, isOtherNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)]
    if (isNumber && isOtherNumber) return Number(x) - Number(y)
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
    return x < y ? -1 : 1
  }
  return 0
}

/**
 * Whether a version that is offered serves one that is wanted: the three numbers are equal; a pre-release that is wanted must be equal too.
 * Nothing wanted is served by everything. release-1.0:pkg/controller/component/component_version.go CompareServiceVersion, the same in 0.9 to 1.2.
 */
export function versionServes(wanted: string, offered: string): boolean {
  if (wanted === '') return true
  const [left, right] = [parseSemantic(wanted), parseSemantic(offered)]
  if (left === undefined || right === undefined || left.numbers.some((number, index) => number !== right.numbers[index])) return false
  return left.preRelease === '' || left.preRelease === right.preRelease
}
