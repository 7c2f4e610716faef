import { RE2JS } from 're2js'

/** Patterns that were compiled: each is asked for once for every name. */
const compiled = new Map<string, RE2JS | undefined>()
const MAX_COMPILED = 1000

/** A regular expression as Go reads it, matched in time that grows with the text alone; undefined when it does not compile. */
export function goPattern(pattern: string): RE2JS | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern)
  if (compiled.size >= MAX_COMPILED) compiled.clear()
  const expression = compileOnce(pattern)
  compiled.set(pattern, expression)
  return expression
}

function compileOnce(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return undefined
  }
}
