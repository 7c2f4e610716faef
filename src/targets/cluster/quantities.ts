import { quantity } from '../../operator/index.ts'

/** A quantity of CPU as cores. */
export function cores(text: string): number {
  return roundUp(quantity(text) ?? 0)
}

/** A quantity of bytes as GiB. */
export function gibibytes(text: string): number {
  return roundUp((quantity(text) ?? 0) / 2 ** 30)
}

/** Flags of kbcli are decimal numbers: three digits after the point, never less than was asked for. */
function roundUp(value: number): number {
  return Math.ceil(Number((value * 1000).toFixed(6))) / 1000
}
