import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { ROOT } from './workspace.ts'

/**
 * Fixtures of a rule, one text file `test/rules/fixtures/<area>/<name>.txt`: `kubeblocks: RELEASE` first where the release matters, then sections that
 * begin with `-- NAME --`: `bad.yaml` and `good.yaml` with rendered objects, or `bad/PATH` and `good/PATH` with files of a chart, `others.yaml` with
 * objects of other charts, and `findings` with what is found in the bad ones, a line each.
 */
export interface RuleFixture {
  readonly code: string
  readonly file: string
  readonly kubeblocks: string | undefined
  readonly sections: ReadonlyMap<string, string>
}

const FOLDER = join(ROOT, 'test/rules/fixtures')

export function ruleFixtures(): readonly RuleFixture[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: area }) =>
      readdirSync(join(FOLDER, area)).map((name) => parse(`${area}/${name.replace(/\.txt$/, '')}`, join(FOLDER, area, name))),
    )
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

function parse(code: string, file: string): RuleFixture {
  const [head = '', ...parts] = readFileSync(file, 'utf8').split(/^-- (.+) --\n/m)
  const sections = new Map<string, string>()
  for (let i = 0; i + 1 < parts.length; i += 2) sections.set(parts[i] ?? '', parts[i + 1] ?? '')
  return { code, file, kubeblocks: /^kubeblocks: (\S+)$/m.exec(head)?.[1], sections }
}

/** The objects of a section; none when there is no such section. */
export function objectsIn(fixture: RuleFixture, section: string): readonly unknown[] {
  return parseAllDocuments(fixture.sections.get(section) ?? '').map((document) => document.toJS() as unknown)
}

/** The files of a chart in sections `PREFIX/PATH`. */
export function filesIn(fixture: RuleFixture, prefix: string): ReadonlyMap<string, string> {
  return new Map(
    [...fixture.sections].flatMap(([name, text]) => (name.startsWith(`${prefix}/`) ? [[name.slice(prefix.length + 1), text] as const] : [])),
  )
}

/** The findings the fixture expects; with UPDATE_GOLDENS, those found are written into it. */
export function expectedFindings(fixture: RuleFixture, found: readonly string[]): readonly string[] {
  if (process.env.UPDATE_GOLDENS !== undefined) {
    const text = readFileSync(fixture.file, 'utf8').replace(/^-- findings --\n[\s\S]*$/m, '')
    writeFileSync(fixture.file, `${text}-- findings --\n${found.map((line) => `${line}\n`).join('')}`)
    return found
  }
  return (fixture.sections.get('findings') ?? '').split('\n').filter((line) => line !== '')
}
