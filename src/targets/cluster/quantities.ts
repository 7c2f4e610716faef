/** Kubernetes suffixes as powers. */
const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
}

/** A quantity of CPU as cores. */
export function cores(quantity: string): number {
  return roundUp(amount(quantity))
}

/** A quantity of bytes as GiB. */
export function gibibytes(quantity: string): number {
  return roundUp(amount(quantity) / 2 ** 30)
}

function amount(quantity: string): number {
  const [, number = '0', suffix = ''] = /^([0-9.]+)([A-Za-z]*)$/.exec(quantity) ?? []
  return Number(number) * (SUFFIXES[suffix] ?? 1)
}

/** Flags of kbcli are decimal numbers: three digits after the point, never less than was asked for. */
function roundUp(value: number): number {
  return Math.ceil(Number((value * 1000).toFixed(6))) / 1000
}
