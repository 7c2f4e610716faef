import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileAddon } from '../../support/compile-addon.ts'
import { helmPath } from '../../support/helm.ts'
import { createWorkspace, ROOT } from '../../support/workspace.ts'

const helm = helmPath(4) || helmPath(3)
const { chart } = await compileAddon(join(ROOT, 'test/fixtures/addons/everything'), '1.1')

/** What is broken in a chart of KubeBlocks 1.1: the template, a text there, what stands in its place, and what is said about it. */
const BREAKS: readonly (readonly [file: string, from: RegExp, to: string, message: RegExp])[] = [
  ['componentdefinition.yaml', /template: .*rich-config-template.*/, 'template: nope', /ConfigMap "nope"/],
  ['componentdefinition.yaml', /roleSelector: primary/, 'roleSelector: nope', /"nope"/],
  ['componentdefinition.yaml', /\/scripts\/role\.sh/, '/scripts/nope.sh', /nope\.sh/],
  ['componentdefinition.yaml', /container: rich\b/, 'container: nope', /"nope"/],
  ['backuppolicytemplate.yaml', /actionSetName: .*/, 'actionSetName: nope', /ActionSet "nope"/],
  ['shardingdefinition.yaml', /compDef: .*/, 'compDef: ^evrything-shard-', /\^evrything-shard-/],
  ['parameters.yaml', /parametersDefs:\n.*- .*/, 'parametersDefs:\n    - nope', /"nope"/],
]

describe('check finds in a chart of KubeBlocks 1.1', () => {
  test.for(BREAKS)('%s: %s -> %s', ([file, from, to, message], context) => {
    if (helm === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    if (chart === undefined) throw new Error('there is no chart')
    const texts = [...chart.tree].map(([path, { bytes }]) => [path, new TextDecoder().decode(bytes)] as const)
    const template = texts.find(([path]) => path === `templates/${file}`)?.[1] ?? ''
    expect(template).toMatch(from)
    const files = texts.map(([path, text]) => [`chart/${path}`, path === `templates/${file}` ? text.replace(from, to) : text] as const)
    const { stdout, exitCode } = createWorkspace(Object.fromEntries(files)).run(['check', 'chart', '--format', 'json'], { HELM_BIN: helm })
    const { diagnostics } = JSON.parse(stdout) as {
      readonly diagnostics: readonly { readonly severity: string; readonly message: string; readonly place?: { readonly file: string } }[]
    }
    const found = diagnostics.filter(({ severity }) => severity !== 'info')
    expect(found.map((one) => one.message).join('\n')).toMatch(message)
    expect(found.map(({ place }) => place?.file)).toContain(`chart/templates/${file}`)
    expect(exitCode).toBe(1)
  })
})
