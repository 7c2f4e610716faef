import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { unpack } from '../../../src/pack/unpack.ts'
import { helmPath } from '../../support/helm.ts'
import { GOOD_ARCHIVE, HOSTILE_ARCHIVES, pax } from '../../support/hostile-archives.ts'
import { CHART, rawArchive, rawTar } from '../../support/raw-tar.ts'
import { createWorkspace } from '../../support/workspace.ts'

describe('archives that are refused', () => {
  test.for(Object.entries(HOSTILE_ARCHIVES))('%s', async ([, archive]) => {
    const result = await unpack(archive)
    expect('problem' in result ? 'refused' : [...result.files.keys()]).toBe('refused')
    if ('problem' in result) expect(result.problem).toMatch(/\S/)
  })

  test('with a finding that names the archive, and nothing is written', (context) => {
    const helm = helmPath(4) || helmPath(3)
    if (helm === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const workspace = createWorkspace(Object.fromEntries(Object.entries(HOSTILE_ARCHIVES).map(([, bytes], index) => [`${index}.tgz`, bytes])))
    const names = Object.keys(HOSTILE_ARCHIVES).map((_, index) => `${index}.tgz`)
    const { stdout, exitCode } = workspace.run(['check', ...names, '--format', 'json'], { HELM_BIN: helm })
    expect(exitCode).toBe(1)
    const { diagnostics } = JSON.parse(stdout) as {
      readonly diagnostics: readonly { readonly code: string; readonly place?: { readonly file: string } }[]
    }
    for (const name of names) expect(diagnostics.find(({ place }) => place?.file === name)?.code, name).toBe('chart/unsafe-file')
    // A terminal must not be told what to do by a name in an archive.
    expect(workspace.run(['check', ...names], { HELM_BIN: helm }).stdout).not.toContain('\u001b')
  })
})

describe('archives that are taken', () => {
  test.for(
    Object.entries({
      plain: GOOD_ARCHIVE,
      'with folders': rawArchive([{ name: 'x/', type: '5' }, CHART, { name: 'x/templates/', type: '5' }]),
      'with a long path': rawArchive([CHART, { name: 'x/pax', type: 'x', content: pax(`path=x/files/${'d'.repeat(60)}`) }, { name: 'x/short' }]),
      'with a global PAX header': rawArchive([{ name: 'pax_global_header', type: 'g', content: pax('comment=abc') }, CHART]),
      'of two members': Buffer.concat([gzipSync(rawTar([CHART], false)), gzipSync(rawTar([{ name: 'x/values.yaml', content: 'a: 1\n' }]))]),
      'with an empty file': rawArchive([CHART, { name: 'x/.helmignore' }]),
      'with names that JavaScript knows': rawArchive([CHART, { name: 'x/__proto__' }, { name: 'x/constructor' }]),
    }),
  )('%s', async ([, archive]) => {
    const result = await unpack(archive)
    expect('problem' in result ? result.problem : result.files.has('Chart.yaml')).toBe(true)
  })
})
