import { pathToFileURL } from 'node:url'
import { type Finding, messageOf, type Path, type Place } from '../diagnostics/index.ts'
import { locateInTypeScript } from './typescript-places.ts'
import { isIntegerLike, MAX_DEPTH, MAX_NODES, type ParsedYaml } from './yaml.ts'

/** Loads a TypeScript descriptor by running its module. `file` is shown in messages, `path` is where it is, `library` is what `import 'addonsmith'` gives it. */
export async function loadTypeScript(file: string, path: string, text: string, library: string): Promise<ParsedYaml> {
  const locate = locateInTypeScript(file, text)
  const findings: Finding[] = []
  const { createJiti } = await import('jiti')
  const jiti = createJiti(pathToFileURL(path).href, { alias: { addonsmith: library }, fsCache: false, moduleCache: false })
  let exported: unknown
  try {
    const module: unknown = await settled(jiti.import(path))
    exported = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
  } catch (error) {
    const where = /:(\d+):(\d+)\)?\s*$/m.exec(error instanceof Error ? `${error.message}\n${framesOf(error, path)}` : '')
    const place = where === null ? locate([]) : inside(file, text, Number(where[1]), Number(where[2]))
    findings.push({ code: 'load/script', message: `The module cannot be loaded: ${firstLine(messageOf(error))}.`, place })
    return { value: undefined, locate, findings }
  }
  if (typeof exported !== 'object' || exported === null || 'then' in exported) {
    findings.push({
      code: 'load/script',
      message: 'The module has no descriptor as its default export.',
      place: locate([]),
      hint: 'export default defineAddon({ ... })',
    })
    return { value: undefined, locate, findings }
  }
  const seen = new Set<object>()
  let nodes = 0

  /** Copies plain data; everything else is reported and left out. */
  const copy = (value: unknown, at: Path): unknown => {
    const refuse = (what: string) => {
      findings.push({ code: 'load/not-data', message: `${what} is not data.`, place: locate(at) })
      return null
    }
    if (++nodes > MAX_NODES || at.length > MAX_DEPTH) throw new RangeError('it is nested too deeply, or has too many values')
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string') return value.isWellFormed() ? value : refuse('A text with half of a surrogate pair')
    if (typeof value === 'number') return Number.isFinite(value) && !/e/.test(String(value)) ? value : refuse(`The number ${value}`)
    if (typeof value !== 'object') return refuse(`A value of type ${typeof value}`)
    if (seen.has(value)) return refuse('A value that contains itself')
    const prototype: unknown = Object.getPrototypeOf(value)
    seen.add(value)
    let result: unknown
    if (Array.isArray(value)) result = Array.from(value, (item: unknown, index) => copy(item, [...at, index]))
    else if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      const map: Record<string, unknown> = Object.create(null)
      for (const [key, item] of Object.entries(value)) {
        if (item === undefined) continue
        if (isIntegerLike(key))
          findings.push({
            code: 'load/integer-like-key',
            message: `The key "${key}" looks like a number; the order of such keys is lost.`,
            place: locate([...at, key], 'key'),
          })
        else map[key] = copy(item, [...at, key])
      }
      result = map
    } else result = refuse('An object with a class')
    seen.delete(value)
    return result
  }

  try {
    return { value: copy(exported, []), locate, findings }
  } catch (error) {
    const code = error instanceof RangeError ? 'load/too-large' : 'load/script'
    findings.push({ code, message: `The descriptor cannot be read: ${firstLine(messageOf(error))}.`, place: locate([]) })
    return { value: undefined, locate, findings }
  }
}

/** A place in the text. jiti puts code in front of the first line, so its columns there can be too large. */
function inside(file: string, text: string, line: number, column: number): Place {
  const row = text.split('\n')[line - 1]
  return row === undefined ? { file, line: 1, column: 1 } : { file, line, column: column > row.length + 1 ? 1 : Math.max(column, 1) }
}

/** Waits for a promise; fails when the program would end because nothing is left that could settle it. */
async function settled(promise: Promise<unknown>): Promise<unknown> {
  let giveUp = () => {}
  const never = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Error('it waits for something that never comes'))
  })
  process.once('beforeExit', giveUp)
  try {
    return await Promise.race([promise, never])
  } finally {
    process.removeListener('beforeExit', giveUp)
  }
}

function framesOf(error: Error, path: string): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.includes(path))
    .slice(0, 1)
    .join('\n')
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/[.\s]+$/, '')
}
