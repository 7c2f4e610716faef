import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { matchGolden } from '../support/golden.ts'
import { ROOT } from '../support/workspace.ts'
import { replay } from './transcript.ts'

const FOLDER = join(ROOT, 'test/cases')
const cases = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'transcript.txt')))

describe.concurrent('transcripts', () => {
  test.each(cases)('%s', async (name) => {
    const file = join(FOLDER, name, 'transcript.txt')
    const actual = await replay(readFileSync(file, 'utf8'))
    matchGolden(file, actual)
    // Whatever else it shows: no case ends in a stack trace, and nothing drives a terminal.
    expect(actual).not.toMatch(/\n\s+at |please report|exit 70/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(actual).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })
})

test('the report for machines follows its schema', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/report.v1.schema.json'), 'utf8')) as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  const rows = readFileSync(join(FOLDER, 'json/transcript.txt'), 'utf8').split('\n').filter((row) => row.startsWith('out| '))
  const report: unknown = JSON.parse(rows.map((row) => row.slice('out| '.length)).join('\n'))
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...Object(report), version: 2 })).toBe(false)
})
