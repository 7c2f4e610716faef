/** A suffix as a whole factor over a whole divisor, so that nothing is rounded. */
const SUFFIXES: Readonly<Record<string, readonly [factor: bigint, divisor: bigint]>> = {
  '': [1n, 1n],
  n: [1n, 10n ** 9n],
  u: [1n, 10n ** 6n],
  m: [1n, 10n ** 3n],
  k: [10n ** 3n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  P: [10n ** 15n, 1n],
  E: [10n ** 18n, 1n],
  Ki: [2n ** 10n, 1n],
  Mi: [2n ** 20n, 1n],
  Gi: [2n ** 30n, 1n],
  Ti: [2n ** 40n, 1n],
  Pi: [2n ** 50n, 1n],
  Ei: [2n ** 60n, 1n],
}

/** Kubernetes knows nothing smaller than a billionth, and rounds up to it. */
const BILLIONTHS = 10n ** 9n
/** What a quantity may be long; it is more than any real one has, and keeps powers of ten small. */
const LONGEST = 64
const MOST_ZEROS = 100

/**
 * What a quantity of Kubernetes is worth in billionths, exactly: quantities are compared by it. undefined for what is none.
 * kubernetes:staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go ParseQuantity.
 */
export function billionths(value: unknown): bigint | undefined {
  const text = String(value)
  const match = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(text)
  const [, sign = '', whole = '', behind = '', alone = '', exponent = '0', suffix = ''] = match ?? []
  const worth = SUFFIXES[suffix]
  const zeros = Number(exponent)
  if (match === null || worth === undefined || text.length > LONGEST || Math.abs(zeros) > MOST_ZEROS) return undefined
  const digits = `${behind}${alone}`
  const [factor, divisor] = worth
  const over = BigInt(`${whole}${digits}`) * factor * BILLIONTHS * (zeros > 0 ? 10n ** BigInt(zeros) : 1n)
  const under = divisor * 10n ** BigInt(digits.length) * (zeros < 0 ? 10n ** BigInt(-zeros) : 1n)
  const size = (over + under - 1n) / under
  return sign === '-' ? -size : size
}

/** What a quantity is worth as a number, the nearest there is. */
export function quantity(value: unknown): number | undefined {
  const exact = billionths(value)
  if (exact === undefined) return undefined
  return exact % BILLIONTHS === 0n ? Number(exact / BILLIONTHS) : Number(exact) / Number(BILLIONTHS)
}
