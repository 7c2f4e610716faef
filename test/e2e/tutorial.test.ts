import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { helmPath } from '../support/helm.ts'
import { createWorkspace, ROOT } from '../support/workspace.ts'

type Tree = Readonly<Record<string, unknown>>

/** What the reader does with a block: write the file named above it, add it to that file, or run its commands. */
type Step =
  | { readonly kind: 'write' | 'add'; readonly file: string; readonly text: string }
  | { readonly kind: 'run'; readonly command: readonly string[] }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lays what is added over what is there: maps by key, all else replaces. */
function laidOver(base: Tree, added: Tree): Tree {
  const merged = Object.entries(added).map(([key, value]) => {
    const old = base[key]
    return [key, isTree(old) && isTree(value) ? laidOver(old, value) : value] as const
  })
  return { ...base, ...Object.fromEntries(merged) }
}

/** The fenced blocks of a page, in order. */
function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(/([^\n]*)\n\n```\w+\n([\s\S]*?)```\n/g)].flatMap(([, above = '', text = '']): readonly Step[] => {
    const [, add, file] = /(Add to )?`(addons\/[^`]+)`:$/.exec(above) ?? []
    if (file !== undefined) return [{ kind: add === undefined ? 'write' : 'add', file, text }]
    return text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [npx, tool, ...args] = line.replace(/#.*/, '').trim().split(/\s+/)
        expect([npx, tool], line).toEqual(['npx', 'addonsmith'])
        return { kind: 'run', command: args }
      })
  })
}

test('the tutorial does what it says, typed step by step', (ctx) => {
  const HELM_BIN = helmPath(4) || helmPath(3)
  ctx.skip(HELM_BIN === '', 'no Helm')
  const page = readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8')
  const chapters = page
    .split(/^(?=## )/m)
    .slice(1)
    .map(stepsOf)
  // No block is passed over.
  const commands = chapters.flat().filter(({ kind }) => kind === 'run').length
  expect(commands).toBe(page.match(/^npx addonsmith /gm)?.length)
  expect(chapters.flat().length - commands).toBe((page.match(/^```\w/gm) ?? []).length - (page.match(/^```sh\nnpx /gm) ?? []).length)

  const workspace = createWorkspace()
  const run = (command: readonly string[]) => {
    const { stderr, stdout, exitCode } = workspace.run(command, { HELM_BIN })
    expect(exitCode, `${command.join(' ')}\n${stdout}${stderr}`).toBe(0)
  }
  for (const steps of chapters) {
    for (const step of steps) {
      if (step.kind === 'run') run(step.command)
      else if (step.kind === 'write') workspace.write(step.file, step.text)
      else {
        const text = readFileSync(join(workspace.path, step.file), 'utf8')
        workspace.write(step.file, stringify(laidOver(parse(text) as Tree, parse(step.text) as Tree)))
      }
    }
    // A reader may build after each chapter.
    if (!steps.some(({ kind }) => kind === 'run')) run(['build', 'tiny', '--kubeblocks', '0.6,1.0'])
  }
})

test('the schema that editors are pointed at comes with the package', () => {
  const page = readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8')
  const [, inPackage = ''] =
    /`(?:addons\/tiny\/addon\.yaml)`:\n\n```yaml\n# yaml-language-server: \$schema=\.\.\/\.\.\/node_modules\/addonsmith\/(\S+)/.exec(page) ?? []
  expect(JSON.parse(readFileSync(join(ROOT, inPackage), 'utf8'))).toMatchObject({ title: 'Addon' })
})
