import { isUtf8 } from 'node:buffer'
import type { Place } from '../diagnostics/index.ts'

/** Bytes as text, or nothing when they are not UTF-8. A byte order mark is kept. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : undefined
}

/** Offset of the first byte that makes the bytes invalid UTF-8. */
function offsetOfBadUtf8(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  const valid = (end: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true })
      return true
    } catch {
      return false
    }
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (valid(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** Where bytes stop being UTF-8, in words and as a place of their file. */
export function placeOfBadUtf8(file: string, bytes: Uint8Array): { readonly message: string; readonly place: Place } {
  const offset = offsetOfBadUtf8(bytes)
  const before = Buffer.from(bytes.subarray(0, offset)).toString('utf8').split('\n')
  return { message: `Byte ${offset + 1} is not UTF-8.`, place: { file, line: before.length, column: (before.at(-1) ?? '').length + 1 } }
}
