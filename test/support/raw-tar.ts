import { gzipSync } from 'node:zlib'

/** One entry of a tar archive, with nothing checked. `type` is the flag of the ustar header. */
export interface RawEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  readonly type?: string
  readonly link?: string
  /** Size to state; the content's when not given. */
  readonly size?: number
}

/** A tar archive as somebody with bad intentions would make it. */
export function rawTar(entries: readonly RawEntry[], ending = true): Uint8Array {
  const blocks = entries.flatMap(({ name, content = '', type = '0', link = '', size }) => {
    const body = Buffer.from(content)
    const header = Buffer.alloc(512)
    header.write(name, 0, 100, 'utf8')
    header.write('0000644\0', 100)
    header.write('0000000\0', 108)
    header.write('0000000\0', 116)
    header.write(`${(size ?? body.length).toString(8).padStart(11, '0')}\0`, 124)
    header.write('00000000000\0', 136)
    header.write('        ', 148)
    header.write(type, 156)
    header.write(link, 157, 100)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, ...(ending ? [Buffer.alloc(1024)] : [])])
}

/** The same, compressed. */
export function rawArchive(entries: readonly RawEntry[]): Uint8Array {
  return gzipSync(rawTar(entries))
}

/** What makes a chart complete. */
export const CHART: RawEntry = { name: 'x/Chart.yaml', content: 'apiVersion: v2\nname: x\nversion: 1.0.0\n' }
