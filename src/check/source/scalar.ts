/**
 * How Helm reads a plain scalar that is no text to it: "the number 1.1", "true". Nothing when it is a text. Measured with Helm 3.17.2 and 4.1.4:
 * YAML 1.1 with y and n, but without dates and base 60.
 */
export function readAs(source: string): string | undefined {
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/.test(source)) return 'true'
  if (/^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(source)) return 'false'
  if (/^(?:~|null|Null|NULL)$/.test(source)) return 'null'
  const value = numberOf(source)
  return value === undefined ? undefined : `the number ${goNumber(value)}`
}

/** What is odd about a plain scalar, as a clause that goes on after "which"; nothing when people read it as Helm does. */
export function surprise(source: string, key: string): string | undefined {
  if (/^(?:y|yes|on|n|no|off)$/i.test(source)) {
    const read = readAs(source)
    return read === undefined ? undefined : `Helm reads as ${read}`
  }
  const value = numberOf(source)
  if (value === undefined) return undefined
  if (/^[-+]?0[0-7_]+$/.test(source) && value > 7) return MODE.test(key) ? undefined : `Helm reads as an octal number: ${value}`
  if (/^[-+]?0\d+$/.test(source)) return value === 0 || MODE.test(key) ? undefined : `Helm reads as the number ${value}`
  if (source.includes('_')) return `Helm reads as the number ${goNumber(value)}`
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && /^[-+]?\d+$/.test(source)) return `Helm rounds to ${goNumber(value)}`
  const printed = goNumber(value)
  return VERSION.test(key) && printed !== source && /^\d/.test(source) ? `Helm prints as ${printed}` : undefined
}

/** Keys whose values are texts that may look like numbers. */
const VERSION = /(?:version|tag|release|digest|commit|revision|sha)s?$/i
/** Keys of file modes, which people write as octals. */
const MODE = /(?:mode|umask|permissions?|chmod)$/i

function numberOf(source: string): number | undefined {
  const [, sign = '', rest = ''] = /^([-+]?)(.*)$/s.exec(source) ?? []
  if (!/^[.\d]/.test(rest) || rest.length > 400) return undefined
  const bare = rest.replaceAll('_', '')
  const value = unsigned(bare)
  return value === undefined || !Number.isFinite(value) ? undefined : sign === '-' ? -value : value
}

function unsigned(text: string): number | undefined {
  if (/^0[xX][\da-fA-F]+$/.test(text) || /^0b[01]+$/.test(text) || /^0o[0-7]+$/.test(text)) return Number(text)
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8)
  return /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined
}

/** A number as Go's `%v` prints it: with an exponent from a million on. */
export function goNumber(value: number): string {
  const [digits = '', power = '0'] = value.toExponential().split('e')
  if (value === 0 || (Number(power) >= -4 && Number(power) < 6)) return String(value)
  return `${digits}e${power.startsWith('-') ? '-' : '+'}${power.slice(1).padStart(2, '0')}`
}
