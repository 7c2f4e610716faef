import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { unpack } from '../../../src/pack/unpack.ts'
import { helmPath } from '../../support/helm.ts'
import { CHART, rawArchive, rawTar } from '../../support/raw-tar.ts'
import { createWorkspace } from '../../support/workspace.ts'

const good = rawArchive([CHART])
const pax = (record: string) => `${record.length + 4 > 99 ? record.length + 5 : record.length + 4} ${record}\n`

/** Archives that must be refused, by what is wrong with them. */
const UNSAFE: Readonly<Record<string, Uint8Array>> = {
  'a path that climbs out': rawArchive([CHART, { name: 'x/../../evil' }]),
  'a path that starts with ..': rawArchive([{ name: '../x/Chart.yaml' }]),
  'an absolute path': rawArchive([CHART, { name: '/etc/passwd' }]),
  'a drive letter': rawArchive([CHART, { name: 'C:/evil' }]),
  'a UNC path': rawArchive([CHART, { name: '//server/share/evil' }]),
  'a backslash': rawArchive([CHART, { name: 'x\\..\\evil' }]),
  'a backslash below the chart': rawArchive([CHART, { name: 'x/templates\\..\\..\\evil' }]),
  'a file outside the chart folder': rawArchive([CHART, { name: 'evil' }]),
  'two chart folders': rawArchive([CHART, { name: 'y/Chart.yaml' }]),
  'an empty step': rawArchive([CHART, { name: 'x//evil' }]),
  'a dot step': rawArchive([CHART, { name: 'x/./Chart.yaml' }]),
  'a folder that climbs out': rawArchive([CHART, { name: '../../evil/', type: '5' }]),
  'an absolute folder': rawArchive([CHART, { name: '/evil/', type: '5' }]),
  'a symbolic link': rawArchive([CHART, { name: 'x/values.yaml', type: '2', link: '/etc/hostname' }]),
  'a hard link': rawArchive([CHART, { name: 'x/values.yaml', type: '1', link: 'x/Chart.yaml' }]),
  'a character device': rawArchive([CHART, { name: 'x/dev', type: '3' }]),
  'a block device': rawArchive([CHART, { name: 'x/dev', type: '4' }]),
  'a pipe': rawArchive([CHART, { name: 'x/pipe', type: '6' }]),
  'a path that a PAX record gives': rawArchive([CHART, { name: 'x/pax', type: 'x', content: pax('path=../../evil') }, { name: 'x/harmless' }]),
  'a path that a GNU long name gives': rawArchive([CHART, { name: '././@LongLink', type: 'L', content: '../../evil\0' }, { name: 'x/harmless' }]),
  'the same file twice': rawArchive([CHART, CHART]),
  'names that differ in case alone': rawArchive([CHART, { name: 'x/README.md' }, { name: 'x/readme.md' }]),
  'names that differ in composition alone': rawArchive([CHART, { name: 'x/\u00e9' }, { name: 'x/e\u0301' }]),
  'a file that is a folder for another': rawArchive([CHART, { name: 'x/a', content: 'a' }, { name: 'x/a/b' }]),
  'a control character': rawArchive([CHART, { name: 'x/\u001b[31mred' }]),
  'no end': good.subarray(0, good.length - 9),
  'half of it': good.subarray(0, good.length >> 1),
  'a flipped bit': Buffer.from(good.map((byte, index) => (index === good.length - 6 ? byte ^ 1 : byte))),
  'trailing data': Buffer.concat([good, Buffer.from('#!/bin/sh')]),
  'a member that goes on longer than it is': gzipSync(rawTar([CHART, { name: 'x/long', content: 'short', size: 100_000 }], false)),
  'a broken header': gzipSync(Buffer.concat([rawTar([CHART], false), Buffer.alloc(512, 65), Buffer.alloc(1024)])),
  'no files': rawArchive([]),
  'folders only': rawArchive([{ name: 'x/', type: '5' }]),
  nothing: new Uint8Array(),
  'another format': Buffer.from('PK\u0003\u0004 not a gzip'),
  'a file of more than 5 MiB': rawArchive([CHART, { name: 'x/large', content: Buffer.alloc(5 * 1024 * 1024 + 1) }]),
  'a bomb': gzipSync(Buffer.concat([rawTar([CHART], false), Buffer.alloc(101 * 1024 * 1024)])),
}

describe('archives that are refused', () => {
  test.for(Object.entries(UNSAFE))('%s', async ([, archive]) => {
    const result = await unpack(archive)
    expect('problem' in result ? 'refused' : [...result.files.keys()]).toBe('refused')
    if ('problem' in result) expect(result.problem).toMatch(/\S/)
  })

  test('with a finding that names the archive, and nothing is written', (context) => {
    const helm = helmPath(4) || helmPath(3)
    if (helm === '' && process.env.CI_STRICT !== '1') context.skip('there is no Helm on this machine')
    const workspace = createWorkspace(Object.fromEntries(Object.entries(UNSAFE).map(([, bytes], index) => [`${index}.tgz`, bytes])))
    const names = Object.keys(UNSAFE).map((_, index) => `${index}.tgz`)
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
      plain: good,
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
