/** An action found in template source: what stands between the delimiters, without trim marks, and where it starts. */
export interface Action {
  readonly code: string
  readonly offset: number
}

/**
 * Reads the actions of a Go template the way text/template does: `{{` opens one wherever it stands; strings, raw strings, characters and comments hide `}}`.
 * An action that does not end is returned with the code `undefined`.
 */
export function lexActions(source: string): readonly (Action | { readonly code: undefined; readonly offset: number })[] {
  const found: (Action | { readonly code: undefined; readonly offset: number })[] = []
  let position = 0
  for (;;) {
    const offset = source.indexOf('{{', position)
    if (offset < 0) return found
    const end = endOfAction(source, offset + 2)
    if (end === undefined) {
      found.push({ code: undefined, offset })
      return found
    }
    const inner = source.slice(offset + 2, end)
    const code = inner
      .replace(/^-(?=\s)/, '')
      .replace(/\s-$/, '')
      .trim()
    found.push({ code, offset })
    position = end + 2
  }
}

/** Offset of the `}}` that closes an action whose inside starts at `start`; undefined when there is none. */
export function endOfAction(source: string, start: number): number | undefined {
  const inside = /^-\s/.test(source.slice(start, start + 2)) ? start + 2 : start
  if (source.startsWith('/*', inside)) {
    const close = source.indexOf('*/', start)
    const end = close < 0 ? -1 : source.indexOf('}}', close)
    return end < 0 ? undefined : end
  }
  for (let i = start; i < source.length; i++) {
    const char = source[i]
    if (char === '}' && source[i + 1] === '}') return i
    if (char === '`') {
      i = source.indexOf('`', i + 1)
      if (i < 0) return undefined
    } else if (char === '"' || char === "'") {
      for (i++; i < source.length && source[i] !== char; i++) {
        if (source[i] === '\\') i++
        else if (source[i] === '\n') return undefined
      }
    }
  }
  return undefined
}
