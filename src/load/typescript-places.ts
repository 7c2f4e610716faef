import type { Locate, Path, Place } from '../diagnostics/index.ts'

interface Spot {
  readonly key: number
  readonly value: number
  readonly children: Map<string | number, Spot>
}

/**
 * Places of the values of a TypeScript descriptor, found in its text: the object literal given to `defineAddon(` or exported as default is followed
 * key by key. What is computed has the place of the closest literal around it, so a finding always points into the file.
 */
export function locateInTypeScript(file: string, text: string): Locate {
  const open = startOf(text)
  const root: Spot = { key: Math.max(open, 0), value: Math.max(open, 0), children: new Map() }
  if (open >= 0) readObject(text, open, root)
  return (path, at = 'value') => placeAt(file, text, offsetOf(root, path, at), path)
}

/** Offset of the brace of the descriptor's literal; -1 when there is none. `export default name` leads to where the name gets its value. */
function startOf(text: string): number {
  const start = /\bexport\s+default\b(?:\s*defineAddon\s*(?:<[^>]*>)?\s*\()?|\bdefineAddon\s*(?:<[^>]*>)?\s*\(/.exec(text)
  if (start === null) return -1
  const argument = /^\s*([A-Za-z_$][\w$]*)\s*(?:[;)]|$|satisfies|as\s)/m.exec(text.slice(start.index + start[0].length))
  const name = argument?.index === 0 ? argument[1]?.replaceAll('$', '\\$') : undefined
  const declared = name === undefined ? null : new RegExp(`\\b(?:const|let|var)\\s+${name}\\b[^={]*=(?!>)`).exec(text)
  return text.indexOf('{', declared === null ? start.index : declared.index + declared[0].length)
}

function offsetOf(root: Spot, path: Path, at: 'key' | 'value'): number {
  let spot = root
  for (const [index, step] of path.entries()) {
    const next = spot.children.get(step)
    if (next === undefined) return spot.value
    spot = next
    if (index === path.length - 1 && at === 'key') return spot.key
  }
  return spot.value
}

function placeAt(file: string, text: string, offset: number, path: Path): Place {
  const before = text.slice(0, offset)
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n'), path }
}

/** Reads `{ key: value, ... }` from its brace; returns the offset behind the closing brace. */
function readObject(text: string, open: number, into: Spot): number {
  let i = skipBlank(text, open + 1)
  while (i < text.length && text[i] !== '}') {
    const keyStart = i
    const key = /^(?:(["'])((?:(?!\1)[^\\\n]|\\.)*)\1|([A-Za-z_$][\w$]*)|(\d+))/.exec(text.slice(i, i + 300))
    const name = key?.[2] ?? key?.[3] ?? key?.[4]
    const colon = key === null ? -1 : skipBlank(text, i + key[0].length)
    if (key !== null && name !== undefined && text[colon] === ':') {
      const start = skipBlank(text, colon + 1)
      i = readValue(text, keyStart, start, name, into)
    } else i = skipExpression(text, i)
    i = skipBlank(text, i)
    if (text[i] === ',') i = skipBlank(text, i + 1)
    else if (text[i] !== '}') i = skipBlank(text, i + 1)
  }
  return i + 1
}

/** Reads `[ value, ... ]` from its bracket; returns the offset behind the closing bracket. */
function readArray(text: string, open: number, into: Spot): number {
  let i = skipBlank(text, open + 1)
  // Behind a spread nobody knows the indexes.
  let known = true
  for (let index = 0; i < text.length && text[i] !== ']'; index++) {
    known &&= !text.startsWith('...', i)
    i = skipBlank(text, known ? readValue(text, i, i, index, into) : skipExpression(text, i))
    if (text[i] === ',') i = skipBlank(text, i + 1)
    else if (text[i] !== ']') i++
  }
  return i + 1
}

function readValue(text: string, key: number, start: number, name: string | number, into: Spot): number {
  const spot: Spot = { key, value: start, children: new Map() }
  into.children.set(name, spot)
  if (text[start] === '{') return skipExpression(text, readObject(text, start, spot))
  if (text[start] === '[') return skipExpression(text, readArray(text, start, spot))
  return skipExpression(text, start)
}

/** Offset of the comma or bracket that ends an expression. */
function skipExpression(text: string, start: number): number {
  let depth = 0
  let i = start
  while (i < text.length) {
    const char = text[i] ?? ''
    if (depth === 0 && (char === ',' || char === '}' || char === ']' || char === ')')) return i
    if (char === '(' || char === '[' || char === '{') depth++
    else if (char === ')' || char === ']' || char === '}') depth--
    const blank = skipBlank(text, i)
    if (blank > i) i = blank
    else i = char === '"' || char === "'" || char === '`' ? skipString(text, i) : i + 1
  }
  return i
}

function skipString(text: string, start: number): number {
  const quote = text[start]
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote) return i + 1
  }
  return text.length
}

function skipBlank(text: string, start: number): number {
  const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
  blank.lastIndex = start
  return start + (blank.exec(text)?.[0].length ?? 0)
}
