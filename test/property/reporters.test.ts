import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inert, markdownText, plain, workflowMessage, workflowProperty, xmlText } from '../../src/cli/reporters/escape.ts'
import { github } from '../../src/cli/reporters/github.ts'
import { json } from '../../src/cli/reporters/json.ts'
import { junit } from '../../src/cli/reporters/junit.ts'
import { markdown } from '../../src/cli/reporters/markdown.ts'
import { uriOf } from '../../src/cli/reporters/paths.ts'
import type { Reporter } from '../../src/cli/reporters/run.ts'
import { sarif } from '../../src/cli/reporters/sarif.ts'
import { text } from '../../src/cli/reporters/text.ts'
import { SEED } from '../support/adversarial.ts'
import { hostile, hostileRun } from '../support/hostile-run.ts'
import { sarifValidator } from '../support/sarif-schema.ts'
import { readXml, type XmlElement } from '../support/xml.ts'

const RUNS = { seed: SEED, numRuns: Number(process.env.FUZZ_RUNS ?? 300) }
const REPORTERS: Readonly<Record<string, Reporter>> = { text: (run) => inert(text(run)), json, sarif, junit, github, markdown }

/** What runners of GitHub take for a command: `::name` where a line begins, `##[name]` anywhere (ActionCommand.TryParseV2 and TryParse). */
const commandsIn = (report: string) => report.split(/\r\n|[\r\n]/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['))

describe.each(Object.entries(REPORTERS))('%s', (name, report) => {
  test('drives no terminal', () => {
    fc.assert(
      fc.property(hostileRun, (run) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
        expect(report(run)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
      RUNS,
    )
  })

  test('gives no command to a runner but its own', () => {
    fc.assert(
      fc.property(hostileRun, (run) => {
        const own = name === 'github' ? run.diagnostics.length + run.notChecked.length : 0
        expect(commandsIn(report(run))).toHaveLength(own)
      }),
      RUNS,
    )
  })
})

test('JSON and SARIF are JSON, with every message as it was, or as it is shown', () => {
  fc.assert(
    fc.property(hostileRun, (run) => {
      const read = JSON.parse(json(run)) as { readonly diagnostics: readonly { readonly message: string }[] }
      expect(read.diagnostics.map(({ message }) => message)).toEqual(run.diagnostics.map(({ message }) => message))
      const log = JSON.parse(sarif(run)) as {
        readonly runs: readonly [{ readonly results: readonly { readonly message: { readonly text: string } }[] }]
      }
      for (const [index, { message }] of log.runs[0].results.entries()) {
        expect(message.text.replaceAll('\u200b', '')).toContain(plain(run.diagnostics[index]?.message ?? 'none').replaceAll('\u200b', ''))
        expect(message.text).not.toContain('](')
      }
    }),
    RUNS,
  )
})

test('SARIF follows its schema, whatever charts say', () => {
  const validate = sarifValidator()
  fc.assert(
    fc.property(hostileRun, (run) => {
      expect(validate(JSON.parse(sarif(run))), JSON.stringify(validate.errors)).toBe(true)
    }),
    RUNS,
  )
})

test('JUnit is XML with the texts that were put in, and counts what is there', () => {
  fc.assert(
    fc.property(hostileRun, (run) => {
      const root = readXml(junit(run))
      const all = (element: XmlElement): readonly XmlElement[] => [element, ...element.children.flatMap(all)]
      const named = (name: string) => all(root).filter((element) => element.name === name)
      const ours = ['testsuites', 'testsuite', 'testcase', 'failure', 'skipped', 'system-out']
      expect(all(root).filter(({ name }) => !ours.includes(name))).toEqual([])
      expect(Number(root.attributes.tests)).toBe(named('testcase').length)
      expect(Number(root.attributes.failures)).toBe(named('failure').length)
      expect(named('skipped').map(({ attributes }) => attributes.message)).toEqual(run.notChecked.map(plain))
      const texts = all(root).map((element) => element.text)
      for (const { message } of run.diagnostics) expect(texts.some((found) => found.includes(plain(message)))).toBe(true)
    }),
    RUNS,
  )
})

test('escaped XML is read back', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      expect(readXml(`<x a="${xmlText(value)}">${xmlText(value)}</x>`)).toEqual({
        name: 'x',
        attributes: { a: plain(value) },
        text: plain(value),
        children: [],
      })
    }),
    RUNS,
  )
})

test('escaped Markdown is one line with nothing live in it, and is read back', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const escaped = markdownText(value)
      expect(escaped.replace(/\\[^a-zA-Z0-9\s]/g, 'x')).not.toMatch(/[`*_[\]|~$<>\n\\]|^[-+#=]|^\d+[.)]/)
      expect(escaped).not.toMatch(/(^|\W)@\w/)
      const back = escaped.replace(/@\u200b(?=\w)/g, '@').replace(/\\([^a-zA-Z0-9\s])/g, '$1')
      const decoded = back.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
      expect(decoded).toBe(plain(value).replace(/(?<!\w)@\u200b(?=\w)/g, '@'))
    }),
    RUNS,
  )
})

test('workflow commands are read back by what a runner does', () => {
  const unquote = (value: string) =>
    value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')
  fc.assert(
    fc.property(hostile, (value) => {
      expect(workflowProperty(value)).not.toMatch(/[\n\r:,]/)
      expect(unquote(workflowProperty(value))).toBe(plain(value))
      expect(unquote(workflowMessage([value, 'x']))).toBe(`${plain(value)}\nx`)
    }),
    RUNS,
  )
})

test('URIs of paths are decoded to the paths', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const path = value.toWellFormed().replaceAll('\0', '')
      expect(decodeURIComponent(uriOf(path.replace(/^\/+/, '')))).toBe(path.replace(/^\/+/, ''))
      expect(uriOf(path.replace(/^\/+/, ''))).toMatch(/^[\w!%'()*./~-]*$/)
    }),
    RUNS,
  )
})
