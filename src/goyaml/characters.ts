/** What go-yaml takes for a blank, a line break or the end; a place after the last character reads as NaN. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

/** CR, LF, NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029
}

export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || Number.isNaN(code)
}

export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code)
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Characters of anchors and tag handles. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45
}
