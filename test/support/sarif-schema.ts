import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'

/** The schema of SARIF 2.1.0 as Microsoft's matchers ship it, which is OASIS's but for missing `type` keywords. */
export function sarifValidator(): ValidateFunction {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  // Draft 4 names itself by `id`; nothing else in it differs from what Ajv reads.
  const { id: _id, $schema: _schema, ...rest } = schema
  const isUri = (text: string) => URL.canParse(text)
  const isReference = (text: string) => /^[\w!$%&'()*+,./:;=?@~-]*$/.test(text) && URL.canParse(text, 'file:///')
  return new Ajv({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
    formats: { uri: isUri, 'uri-reference': isReference, 'date-time': true },
  }).compile(rest)
}
