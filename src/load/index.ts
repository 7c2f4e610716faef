import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Context } from '../context.ts'
import { messageOf } from '../diagnostics/index.ts'
import { decodeUtf8, placeOfBadUtf8 } from './decode.ts'
import { openFolder } from './folder.ts'
import type { Source } from './source.ts'

export { decodeUtf8 } from './decode.ts'
export type { AddonFolder, FileProblem } from './folder.ts'
export { placesIn } from './line-places.ts'
export { modelReader } from './model.ts'
export type { Source } from './source.ts'
export { parseYaml } from './yaml.ts'

/** Names a descriptor can have, in the order they are looked for. */
export const DESCRIPTOR_NAMES = ['addon.yaml', 'addon.yml', 'addon.ts'] as const

const MAX_BYTES = 1024 * 1024

/**
 * Reads a descriptor. `path` is the file or the folder that holds it; reports `load/...` findings and returns nothing when there is no value to go on with.
 */
export async function load(path: string, context: Context): Promise<Source | undefined> {
  const found = findDescriptor(path)
  const { report } = context
  if (found === undefined) {
    report({
      code: 'load/not-found',
      message: `There is no descriptor in ${context.display(path)}.`,
      hint: `one of ${DESCRIPTOR_NAMES.join(', ')} is needed`,
    })
    return undefined
  }
  const file = context.display(found)
  const start = { file, line: 1, column: 1 }
  let bytes: Uint8Array
  try {
    bytes = readFileSync(found)
  } catch (error) {
    report({ code: 'load/unreadable', message: `The descriptor cannot be read: ${messageOf(error)}.`, place: start })
    return undefined
  }
  if (bytes.length > MAX_BYTES) {
    report({ code: 'load/too-large', message: `The descriptor has ${bytes.length} bytes; at most ${MAX_BYTES} are read.`, place: start })
    return undefined
  }
  const text = decodeUtf8(bytes)
  if (text === undefined) {
    report({ code: 'load/encoding', ...placeOfBadUtf8(file, bytes) })
    return undefined
  }
  const parsed = found.endsWith('.ts')
    ? await (await import('./typescript.ts')).loadTypeScript(file, realpathSync(found), text, context.library)
    : (await import('./yaml.ts')).parseYaml(file, text)
  for (const finding of parsed.findings) report(finding)
  if (parsed.value === undefined) return undefined
  const folder = openFolder(dirname(realpathSync(found)), context.display(dirname(found)))
  return { file, folder, value: parsed.value, locate: parsed.locate }
}

/** The descriptor at a path: the file itself, or the one in the folder. */
export function findDescriptor(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  if (!statSync(path).isDirectory()) return DESCRIPTOR_NAMES.some((name) => basename(path) === name) || /\.(ya?ml|ts)$/.test(path) ? path : undefined
  return DESCRIPTOR_NAMES.map((name) => join(path, name)).find((file) => existsSync(file))
}
