import { gzipSync } from 'node:zlib'
import { CHART, rawArchive, rawTar } from './raw-tar.ts'

export const GOOD_ARCHIVE: Uint8Array = rawArchive([CHART])
/** A PAX record with its length in front. */
export const pax = (record: string): string => `${record.length + 4 > 99 ? record.length + 5 : record.length + 4} ${record}\n`

/** Archives that must be refused, by what is wrong with them. */
export const HOSTILE_ARCHIVES: Readonly<Record<string, Uint8Array>> = {
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
  'no end': GOOD_ARCHIVE.subarray(0, GOOD_ARCHIVE.length - 9),
  'half of it': GOOD_ARCHIVE.subarray(0, GOOD_ARCHIVE.length >> 1),
  'a flipped bit': Buffer.from(GOOD_ARCHIVE.map((byte, index) => (index === GOOD_ARCHIVE.length - 6 ? byte ^ 1 : byte))),
  'trailing data': Buffer.concat([GOOD_ARCHIVE, Buffer.from('#!/bin/sh')]),
  'a member that goes on longer than it is': gzipSync(rawTar([CHART, { name: 'x/long', content: 'short', size: 100_000 }], false)),
  'a broken header': gzipSync(Buffer.concat([rawTar([CHART], false), Buffer.alloc(512, 65), Buffer.alloc(1024)])),
  'no files': rawArchive([]),
  'folders only': rawArchive([{ name: 'x/', type: '5' }]),
  nothing: new Uint8Array(),
  'another format': Buffer.from('PK\u0003\u0004 not a gzip'),
  'a file of more than 5 MiB': rawArchive([CHART, { name: 'x/large', content: Buffer.alloc(5 * 1024 * 1024 + 1) }]),
  'a bomb': gzipSync(Buffer.concat([rawTar([CHART], false), Buffer.alloc(101 * 1024 * 1024)])),
}
