import { UsageFault } from '../diagnostics/index.ts'

/** Seconds since 1970 from SOURCE_DATE_EPOCH, if it is set. */
export function readEpoch(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,11}$/.test(text)) throw new UsageFault(`SOURCE_DATE_EPOCH is "${text}".`, { fix: 'It is a whole number of seconds since 1970.' })
  return Number(text)
}

/** The time of SOURCE_DATE_EPOCH, else of now, to the second, as an index writes it. */
export function timeOf(epoch: number | undefined): string {
  return new Date(epoch === undefined ? Date.now() : epoch * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}
