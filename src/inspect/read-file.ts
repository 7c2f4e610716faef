import { readFileSync, statSync } from 'node:fs'
import { messageOf, type Report } from '../diagnostics/index.ts'
import { decodeUtf8 } from '../load/index.ts'

/** Bytes of a file of rendered objects that are read. */
const MAX_BYTES = 64 * 1024 * 1024

/** The text of a file of rendered objects; reports why it cannot be had. */
export function readSubjectFile(path: string, shown: string, report: Report): string | undefined {
  const place = { file: shown, line: 1, column: 1 }
  try {
    const { size } = statSync(path)
    if (size > MAX_BYTES) {
      report({ code: 'load/too-large', message: `The file has ${size} bytes; at most ${MAX_BYTES} are read.`, place })
      return undefined
    }
    const text = decodeUtf8(readFileSync(path))
    if (text === undefined) report({ code: 'load/encoding', message: 'The file is not UTF-8.', place })
    return text
  } catch (error) {
    report({ code: 'load/unreadable', message: `The file cannot be read: ${messageOf(error)}.`, place })
    return undefined
  }
}
