import { expect, test } from 'vitest'
import {
  assertOnlyActions,
  concat,
  data,
  expr,
  items,
  map,
  type Node,
  pair,
  print,
  release,
  scalar,
  seq,
  values,
} from '../../src/gotemplate/index.ts'
import { nastySample, SEED, TEXTS } from '../support/adversarial.ts'
import { differences, isWellFormed, tameTexts } from '../support/every-text.ts'
import { HELMS } from '../support/helm.ts'
import { chartYaml, folderOf, needHelm, readByGo, template } from '../support/scratch-chart.ts'

const texts = [...new Set([...TEXTS, ...nastySample(3000)])].filter(isWellFormed)
/** YAML readers refuse a key of more than 1024 characters unless it is written in another way. */
const keys = texts.filter((text) => JSON.stringify(text).length < 900)

/** One document for each way a text can get into a template. */
const documents: readonly Node[] = [
  map(pair('values', seq(texts.map((text) => map(pair('value', text)))))),
  map(pair('keys', map(...keys.map((text, index) => pair(text, index))))),
  map(pair('list', seq(texts.map((text) => scalar(text))))),
  map(pair('nested', data(texts.map((text) => [[text], { inner: { text } }])))),
  map(pair('joined', seq(texts.map((text) => concat([text, values('x'), text, release('Name'), text]))))),
  map(pair('between', items(texts.map((text) => ({ kind: 'if', condition: values('x'), body: [{ kind: 'item', value: scalar(text) }] }))))),
  map(pair('beside', map(...texts.map((text, index) => [...pair(`a${index}`, text), ...pair(`b${index}`, expr(values('x')))])))),
]

function at(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Readonly<Record<string, unknown>>)[key] : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

test('there are texts of every kind', () => {
  expect(texts.length).toBeGreaterThan(3000)
  expect(tameTexts(texts).length).toBeGreaterThan(200)
})

/** Compares everything that `documents` says with what somebody read from it. */
function expectAll(read: readonly unknown[]): void {
  const of = (key: string) => read.map((object) => at(object, key)).find((value) => value !== undefined)
  expect(
    differences(
      texts,
      list(of('values')).map((item) => at(item, 'value')),
    ),
  ).toEqual([])
  expect(Object.keys(Object(of('keys')))).toHaveLength(keys.length)
  expect(keys.filter((text, index) => at(of('keys'), text) !== index)).toEqual([])
  expect(differences(texts, list(of('list')))).toEqual([])
  expect(
    differences(
      texts,
      list(of('nested')).map((item) => list(list(item)[0])[0]),
    ),
  ).toEqual([])
  expect(
    differences(
      texts,
      list(of('nested')).map((item) => at(at(list(item)[1], 'inner'), 'text')),
    ),
  ).toEqual([])
  expect(
    differences(
      texts.map((text) => `${text}%v {{ }}${text}release-name${text}`),
      list(of('joined')),
    ),
  ).toEqual([])
  expect(differences(texts, list(of('between')))).toEqual([])
  expect(
    differences(
      texts,
      texts.map((_, index) => at(of('beside'), `a${index}`)),
    ),
  ).toEqual([])
  expect(texts.every((_, index) => at(of('beside'), `b${index}`) === '%v {{ }}')).toBe(true)
}

const valuesFile = ['values.yaml', 'x: "%v {{ }}"\n'] as const

test.for(HELMS)(`texts, keys and items come out of Helm %i as they went in (seed ${SEED})`, (major, context) => {
  needHelm(context, major)
  const printed = print(documents)
  assertOnlyActions('templates/all.yaml', printed)
  expectAll(template(major, folderOf([chartYaml('scratch'), ['templates/all.yaml', printed.text], valuesFile])))
})

test.for(HELMS)(`Go reads what Helm %i renders in the same way (seed ${SEED})`, (major, context) => {
  needHelm(context, major)
  expectAll(
    readByGo(
      major,
      documents.map((document) => print([document]).text),
      [valuesFile],
    ),
  )
})

test.for(HELMS)(`a comment never becomes code or content under Helm %i (seed ${SEED})`, (major, context) => {
  needHelm(context, major)
  const pairs = texts.map((text, index) => pair(`k${index}`, index, { comment: text }))
  const blocks = texts.map((text, index) => pair(`b${index}`, 'one\ntwo\n', { comment: text }))
  const printed = [map(...pairs), map(...blocks)].map((document) => print([document]))
  for (const document of printed) assertOnlyActions('templates/comments.yaml', document)
  const [first, second] = readByGo(
    major,
    printed.map(({ text }) => text),
  )
  expect(first).toEqual(Object.fromEntries(texts.map((_, index) => [`k${index}`, index])))
  expect(second).toEqual(Object.fromEntries(texts.map((_, index) => [`b${index}`, 'one\ntwo\n'])))
})
