import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../support/workspace.ts'

const FOLDER = join(ROOT, 'schemas/kubeblocks')
const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }))

/** All texts and keys of a value, with the key that leads to each. */
function texts(value: unknown, key = ''): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    [key, name] as const,
    ...texts(inner, Array.isArray(value) || key.endsWith('@') ? key : name),
  ])
}

test('the model of all releases is at most 200 KB', () => {
  expect(files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBeLessThanOrEqual(200 * 1024)
})

test('it holds facts, and no sentence', () => {
  for (const { name, text } of files) {
    const value: unknown = JSON.parse(text)
    for (const [key, found] of texts(value)) {
      // CEL rules and patterns are what the API server evaluates; defaults are values.
      if (['rules', 'rules@', 'pattern', 'pattern@', 'default', 'default@'].includes(key)) continue
      expect(found.split(/\s+/).length, `${name}: ${found}`).toBeLessThanOrEqual(2)
      expect(found.length, `${name}: ${found}`).toBeLessThanOrEqual(80)
    }
    expect(facts(value), name).not.toContain('message')
    expect(facts(value), name).not.toContain('description')
  }
})

/** The words that say something about a value; names of fields are left out. */
function facts(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(facts)
  return Object.entries(value).flatMap(([word, inner]) =>
    word === 'fields' || word === 'types' ? Object.values(Object(inner)).flatMap(facts) : [word, ...facts(inner)],
  )
}

test('its lines are short enough to review', () => {
  for (const { name, text } of files) for (const line of text.split('\n')) expect(line.length, name).toBeLessThanOrEqual(260)
})
