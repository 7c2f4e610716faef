import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadModel } from '../apimodel/index.ts'
import { errnoOf, Fault, messageOf } from '../diagnostics/index.ts'

/** Reads the API model in a folder, file by file as they are asked for. Names that are no plain file names of it are not looked for. */
export function modelReader(folder: string): ReadModel {
  return (name) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9.-]*\.json$/.test(name)) return undefined
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined
      throw new Fault(`The API model cannot be read: ${messageOf(error)}.`, { cause: error })
    }
  }
}
