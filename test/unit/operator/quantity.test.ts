import { expect, test } from 'vitest'
import { billionths, quantity } from '../../../src/operator/quantity.ts'
import { aboveLimits } from '../../../src/operator/validation/requests.ts'

test.each([
  ['500m', 0.5],
  [1, 1],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['2E', 2e18],
  ['1Ki', 1024],
  ['1k', 1000],
  ['-1', -1],
])('%s is worth %d', (text, worth) => expect(quantity(text)).toBe(worth))

test.each(['', 'x', '1 Gi', '1gi', '{{ .Values.cpu }}', undefined, null, {}])('%s is none', (text) => expect(quantity(text)).toBeUndefined())

test('a thousandth is exactly that, however it is written', () => {
  for (let thousandths = 1; thousandths < 4000; thousandths++) {
    const exact = billionths(String(thousandths / 1000))
    expect(billionths(`${thousandths}m`), `${thousandths}m`).toBe(exact)
    expect(billionths(`${thousandths}e-3`)).toBe(exact)
    expect(billionths(`${thousandths}000u`)).toBe(exact)
    expect(billionths(`${thousandths}000000n`)).toBe(exact)
    expect(quantity(`${thousandths}m`)).toBe(thousandths / 1000)
  }
})

test('suffixes are powers of ten and of two', () => {
  for (const [index, suffix] of ['k', 'M', 'G', 'T', 'P', 'E'].entries()) expect(billionths(`3${suffix}`)).toBe(billionths(`3e${3 * (index + 1)}`))
  for (const [index, suffix] of ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].entries())
    expect(billionths(`1.5${suffix}`)).toBe(15n * 1024n ** BigInt(index + 1) * 10n ** 8n)
})

test('a request that equals its limit is not above it', () => {
  const owner = (request: string, limit: string) => ({ item: { requests: { cpu: request }, limits: { cpu: limit } }, path: [] })
  expect(aboveLimits(owner('700m', '0.7'))).toEqual([])
  expect(aboveLimits(owner('701m', '0.7'))).toHaveLength(1)
  expect(aboveLimits(owner('1e999999999', '1'))).toEqual([])
})
