import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kebabCase, lowerCamelCase, nameByFlag } from '../../../src/kbcli/index.ts'

// Expected: what github.com/stoewer/go-strcase v1.2.0 gives.
test.each([
  ['', ''],
  ['cpu', 'cpu'],
  ['storageClassName', 'storage-class-name'],
  ['enableTLS', 'enable-tls'],
  ['HTTPStatusCode', 'http-status-code'],
  ['FooB', 'foo-b'],
  ['ParseURL.DoParse', 'parse-url.do-parse'],
  [' a  b__c--d\t', 'a-b-c-d'],
  ['node2Pool', 'node2pool'],
  ['node2pool', 'node2pool'],
  ['-a-', '-a-'],
  ['ÄöB', 'Äöb'],
])('kebab case of %j', (text, kebab) => expect(kebabCase(text)).toBe(kebab))

test.each([
  ['', ''],
  ['F', 'f'],
  ['storage-class-name', 'storageClassName'],
  ['HTTP_status_code', 'httpStatusCode'],
  ['fooBarBla', 'fooBarBla'],
  ['skip---many dashes', 'skipManyDashes'],
  ['tls.cert-file', 'tls.certFile'],
  ['a-2b-', 'a2b'],
  ['a2B', 'a2b'],
])('camel case of %j', (text, camel) => expect(lowerCamelCase(text)).toBe(camel))

/** Words of letters, the first small: what a name of a value is made of. */
const word = fc.stringMatching(/^[a-z]{2,6}$/)
const upperFirst = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

test('a name of words with a capital at the head of each but the first survives', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const name = words.map((part, index) => (index === 0 ? part : upperFirst(part))).join('')
      expect(kebabCase(name)).toBe(words.join('-'))
      expect(nameByFlag(name)).toBe(name)
    }),
  )
})

test.each(['enableTLS', 'APIKey', 'node2Pool', 'storage_class', 'storage-class', 'Version', 'backupPVCName'])('%s does not survive', (name) => {
  expect(nameByFlag(name)).not.toBe(name)
})

test('a name that went through a flag goes through it again unchanged', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]{0,12}$/), (name) => {
      const once = nameByFlag(name)
      expect(nameByFlag(once).toLowerCase()).toBe(once.toLowerCase())
    }),
  )
})
