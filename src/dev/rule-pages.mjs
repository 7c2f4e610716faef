// Makes docs/rules/: a page for each area of codes that `check` gives for charts, with an example from the tests of each rule.
import { existsSync, readFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { importSource } from './import-source.mjs'

const root = new URL('../../', import.meta.url)

/** Pages by path. */
export async function rulePages(note) {
  const { checkCodes, kindNames, releaseSpan } = await importSource('src/cli/codes.ts')
  const { markdownText } = await importSource('src/cli/reporters/escape.ts')
  const cases = await operatorCases()
  const areas = groupByArea(checkCodes())
  return new Map([...areas].map(([area, codes]) => [`docs/rules/${area}.md`, page(area, codes)]))

  function page(area, codes) {
    const sections = codes.map((one) => section(one, example(one.code, cases)))
    return `# Findings about charts: ${area}\n\n${note}\nWhat \`addonsmith check\` says, and on what it rests. [All findings](../diagnostics.md).\n\n${sections.join('\n')}`
  }

  function section({ code, severity, title, why, fix, kinds, releases, sources }, parts) {
    const text = [
      `## ${code}`,
      `${markdownText(title)} (${severity}). ${markdownText(why)}`,
      `*What to do:* ${markdownText(fix)}`,
      [
        `- About: ${kindNames(kinds)}`,
        `- KubeBlocks: ${releaseSpan(releases)}`,
        ...sources.map((source) => `- Rests on: ${markdownText(source)}`),
      ].join('\n'),
      ...parts,
    ]
    return `${text.join('\n\n')}\n`
  }
}

function groupByArea(codes) {
  const areas = new Map()
  for (const one of codes) areas.set(one.area, [...(areas.get(one.area) ?? []), one])
  return areas
}

/** The first case of each rule of operators. */
async function operatorCases() {
  const found = new Map()
  const { cases } = await importSource('test/unit/operator/cases/index.ts')
  for (const one of cases) if (!found.has(one.rule)) found.set(one.rule, one)
  return found
}

/** Headings and fenced blocks of an example; nothing where no test has one. */
function example(code, cases) {
  const file = new URL(`test/rules/fixtures/${code}.txt`, root)
  if (existsSync(file)) {
    const sections = readSections(readFileSync(file, 'utf8'))
    const findings = sections.find(([name]) => name === 'findings')?.[1] ?? ''
    return [...side('Wrong', 'bad', sections), ...(findings === '' ? [] : ['### Found', fence('text', findings)]), ...side('Right', 'good', sections)]
  }
  const one = cases.get(code)
  if (one === undefined) return []
  const objects = (list) => list.map((object) => stringify(object)).join('---\n')
  return ['### Wrong', fence('yaml', objects(one.bad)), '### Right', fence('yaml', objects(one.good))]
}

/** Sections of a fixture, `-- NAME --` and text, in order; test/support/rule-fixture.ts says what they hold. */
function readSections(text) {
  const [, ...parts] = text.split(/^-- (.+) --\n/m)
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : []))
}

function side(title, prefix, sections) {
  const blocks = sections.flatMap(([name, text]) => {
    if (name === `${prefix}.yaml`) return [fence('yaml', text)]
    if (!name.startsWith(`${prefix}/`) || name === `${prefix}/rendered`) return []
    const path = name.slice(prefix.length + 1)
    const language = /\.ya?ml$/.test(path) ? 'yaml' : 'text'
    return [fence(language, `# ${path}\n${text}`)]
  })
  return blocks.length === 0 ? [] : [`### ${title}`, ...blocks]
}

function fence(language, text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`
}
