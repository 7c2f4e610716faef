import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { objectRules } from '../../../src/check/rules/index.ts'
import { bashismsIn } from '../../../src/check/shell/bashisms.ts'
import { invocationOf, shebangShell } from '../../../src/check/shell/invocation.ts'
import { scriptTexts } from '../../../src/check/shell/scripts.ts'
import { parseShell, withoutActions } from '../../../src/check/shell/text.ts'
import { programIn } from '../../../src/check/shell/words.ts'
import { applyRules, operatorRelease } from '../../../src/operator/index.ts'

describe('invocationOf', () => {
  test.each([
    [['sh', '-c', 'a b'], { how: 'text', shell: 'sh', index: 2, text: 'a b' }],
    [['/bin/bash', '-o', 'pipefail', '-ec', 'a'], { how: 'text', shell: 'bash', index: 4, text: 'a' }],
    [['/bin/bash', '-c', '-e', 'a'], { how: 'text', shell: 'bash', index: 3, text: 'a' }],
    [['tini', '--', 'sh', '-x', '/s.sh', 'arg'], { how: 'file', shell: 'sh', file: '/s.sh' }],
    [['timeout', '-s', 'KILL', '5', 'bash', '/s.sh'], { how: 'file', shell: 'bash', file: '/s.sh' }],
    [['env', 'A=b', 'sh', '-c', 'a'], { how: 'text', shell: 'sh', index: 4, text: 'a' }],
    [['env', '-S', 'bash -e -c', 'a b'], { how: 'text', shell: 'bash', index: 3, text: 'a b' }],
    [['env', '-i', '-Ssh -x', '/s.sh'], { how: 'file', shell: 'sh', file: '/s.sh' }],
    [['env', '--split-string=A=b sh', '/s.sh'], { how: 'file', shell: 'sh', file: '/s.sh' }],
    [['env', '-S', 'sh -c a'], undefined],
    [['/s.sh', '-c'], { how: 'direct', file: '/s.sh' }],
    [['sh'], undefined],
    [[], undefined],
  ])('%j', (words, expected) => expect(invocationOf(words)).toEqual(expected))
})

test('a first line names a shell, something else, or is not there', () => {
  expect(['#!/bin/sh\n', '#! /usr/bin/env bash', '#!/bin/bash -e\r\n'].map(shebangShell)).toEqual(['sh', 'bash', 'bash'])
  expect(['#!/usr/bin/env -S bash -e\n', '#!/usr/bin/env -vS sh\n'].map(shebangShell)).toEqual(['bash', 'sh'])
  expect(shebangShell('#!/usr/bin/env -S python3 -u\n')).toBeUndefined()
  expect(shebangShell('#!/usr/bin/python3\n')).toBeUndefined()
  expect(shebangShell('\n#!/bin/sh\n')).toBeNull()
})

test('programs are seen through those that run them', () => {
  expect(programIn(['exec', 'timeout', '-k', '1', '3', '/bin/curl', 'x'])).toEqual({ name: 'curl', path: '/bin/curl', args: ['x'], isTimed: true })
  expect(programIn(['timeout', '3'])).toMatchObject({ name: 'timeout' })
})

test('template actions give way to a word, and to nothing where they are alone', () => {
  expect(withoutActions('a={{ .x }}\n  {{- if .y }}\nb\n{{ .z')).toBe(`a=xxxxxxxx\n${' '.repeat(14)}\nb\n{{ .z`)
})

/** Texts that have something of bash, and whether the sh of busybox takes it. */
const BASHISMS: readonly (readonly [string, boolean])[] = [
  ['[[ a == a ]]', true],
  ['a=(1 2)', false],
  ['a[0]=1', false],
  ['f() { local -a x; }; f', false],
  ['function f { :; }', true],
  ['cat <(:)', true],
  ['cat <<< x', false],
  ['x=a; : ${x^^}', false],
  ['x=a; : ${x//a/b}', true],
  ['x=a; : ${x:1:2}', true],
  ['x=HOME; : ${!x}', false],
  ['x=a; : ${x@Q}', false],
  ['i=1; (( i > 0 ))', false],
  ['for ((i=0; i<1; i++)); do :; done', false],
  ['source /dev/null', true],
  ['[ a == a ]', true],
  ['set -o pipefail', true],
  ['echo a b | { read -a x; }', false],
  ['echo a | { read -t 1 x; }', true],
  ['x=a; x+=b', false],
  ['declare x=a', false],
  ['shopt -s nullglob', false],
  [': | mapfile x', false],
  [': |& cat', false],
  ['case a in a) : ;& b) : ;; esac', false],
  ['let x=1', true],
  ['f() { :; }; export -f f', false],
  ['pushd /tmp', false],
  ['select x in a; do break; done', false],
]

/** Where shells run: dash takes the `>` of `(( i > 0 ))` for the name of a file to write. */
const cwd = mkdtempSync(join(tmpdir(), 'addonsmith-shell-'))
afterAll(() => rmSync(cwd, { recursive: true }))

describe.each(BASHISMS)('%s', (text, inBusybox) => {
  test('is seen', () => {
    const shell = parseShell(text)
    expect(shell?.errors).toEqual([])
    expect(shell === undefined ? [] : bashismsIn(shell)).toMatchObject([{ inBusybox }])
  })

  // What the table says is what shells do, where the machine has them.
  test.skipIf(spawnSync('dash', ['-c', ':']).status !== 0)('fails in dash', () => {
    const { status, stderr } = spawnSync('dash', ['-c', text], { encoding: 'utf8', input: '', cwd })
    expect(status !== 0 || stderr !== '').toBe(true)
  })
  test.skipIf(spawnSync('busybox', ['ash', '-c', ':']).status !== 0)('does in busybox what the table says', () => {
    const { status, stderr } = spawnSync('busybox', ['ash', '-c', text], { encoding: 'utf8', input: '', cwd })
    expect(status === 0 && stderr === '').toBe(inBusybox)
  })
})

test('what every sh takes is no finding', () => {
  const text =
    'f() { local x=1; [ "$x" = 1 ] && echo ${x:-y} ${x%%a} $((x + 1)); }\nwhile read -r a; do . /b; done <<E\n[[ ]] ((\nE\nfind . -exec rm {} +\n'
  const shell = parseShell(text)
  expect(shell && bashismsIn(shell)).toEqual([])
})

test('commands are read as containers get them', () => {
  const object = {
    kind: 'ActionSet',
    metadata: { name: 'a' },
    spec: { backup: { backupData: { command: ['sh', '-c', 'x=$$(date) y=$$(( 1 + 1 ))'] } } },
  }
  expect(scriptTexts([object]).map(({ text }) => text)).toEqual(['x=$(date) y=$(( 1 + 1 ))'])
})

const MB = 1_000_000
const fill = (part: string, length = MB) => part.repeat(Math.ceil(length / part.length))

/** Long and deep texts. */
const HUGE: readonly (readonly [string, string])[] = [
  ['one line of commands', fill('echo a; ')],
  ['one line of bash', fill('[[ a == b ]]; ')],
  ['one word', fill('a')],
  ['one quoted text', `echo "${fill('$a ')}"`],
  ['one sum', `echo $((${fill('1+')}1))`],
  ['one pipeline', `${fill('a|')}b`],
  ['brackets', fill('(')],
  ['substitutions', fill('$(')],
  ['escaped references', fill('$$(')],
  ['quoted substitutions', fill('"$(')],
  ['expansions', fill('${a:-')],
  ['backquotes', fill('a `b ')],
  ['groups', fill('{ ')],
  ['functions', fill('f() ')],
  ['here-documents that never end', fill('cat <<A ')],
  ['tests', fill('[[ ( ')],
  ['closed substitutions', `${'$('.repeat(250)}${fill('a ')}${')'.repeat(250)}`],
  ['template actions', fill('{{ ')],
  ['closed template actions', fill('{{x}} ')],
  ['spaces', fill(' ')],
  ['carriage returns', fill('\r\n')],
]

describe.each(HUGE)('%s', (_, text) => {
  test('take little time, and no exception', () => {
    const configMap = { kind: 'ConfigMap', metadata: { name: 'db-scripts' }, data: { 'a.sh': `#!/bin/sh\n${text}` } }
    const actionSet = { kind: 'ActionSet', metadata: { name: 'a' }, spec: { backup: { backupData: { command: ['sh', '-c', text] } } } }
    const rules = objectRules.filter(({ code }) => code.startsWith('script/'))
    expect(() => applyRules(rules, operatorRelease('1.0'), [configMap, actionSet])).not.toThrow()
  })
})

test('what is too deep to read is not spoken of', () => {
  for (const text of [fill('f() '), fill('$('), fill('cat <<A ')]) expect(parseShell(text)).toBeUndefined()
})
