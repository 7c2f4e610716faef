import { expect, test } from 'vitest'
import { RELEASES } from '../../support/compile-addon.ts'
import { compileInMemory } from '../../support/compile-in-memory.ts'
import { SMALL } from '../../support/small-addon.ts'

const INI = '; comment\nport = 1\n[server]\nbuffer = 64\n'
const parameter = { type: 'integer', change: 'static', description: 'A number.' }

/** An addon with one config of one file, whose parameters have the names given. */
function compiled(file: object, names: readonly string[] = [], reload: object | undefined = undefined, release = '1.0') {
  const config = { files: { 'a.ini': { path: 'a.ini', ...file } }, ...(reload === undefined ? {} : { reload }) }
  const container = { image: 'tiny', ports: { client: 1234 }, mounts: { conf: '/conf' } }
  const parameters = JSON.stringify(Object.fromEntries(names.map((name) => [name, parameter])))
  return compileInMemory(
    { ...SMALL, components: { tiny: { configs: { conf: config }, containers: { tiny: container } } } },
    { 'a.ini': INI, 'p.yaml': parameters },
    release,
  )
}

/** Errors as `code place: message`. */
const errors = (...given: Parameters<typeof compiled>) =>
  compiled(...given)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, place, message, hint }) => `${code} ${place?.path?.slice(4).join('.')}: ${message} (${hint})`)

const ini = { format: 'ini', parameters: 'p.yaml' }

test('parameters of an ini file are outside of sections, in one that is named, or in that of their name', () => {
  expect(errors(ini, ['port'])).toEqual([])
  expect(errors(ini, ['server.buffer'])).toEqual([])
  expect(errors({ ...ini, section: 'Server' }, ['buffer'])).toEqual([])
  expect(errors(ini, ['port', 'buffer'])).toEqual([
    'addon/parameter files.a.ini: The file "a.ini" has sections, and the parameter "buffer" is in none of them. (add section: server, or write SECTION.buffer)',
  ])
})

test('a section that is not there, or that nothing uses', () => {
  expect(errors({ ...ini, section: 'serve' }, ['buffer'])).toEqual([
    'addon/reference files.a.ini.section: There is no section "serve" in "a.ini". (did you mean "server"?)',
  ])
  expect(errors({ ...ini, format: 'toml', section: 'server' }, ['buffer'])).toEqual([
    'addon/unused files.a.ini.section: The file "a.ini" is no ini file, so nothing uses the section. (add format: ini, or remove section)',
  ])
  expect(errors({ format: 'ini', section: 'server' })).toEqual([
    'addon/unused files.a.ini.section: The file "a.ini" has no parameters, so nothing uses the section. (add parameters, or remove section)',
  ])
})

test('a reload of nothing', () => {
  const reload = { signal: { process: 'a', signal: 'SIGHUP' } }
  expect(errors(ini, ['port'], reload)).toEqual([])
  expect(errors({}, [], reload)).toEqual([
    'addon/unused reload: Reloads are for changed parameters, and no file of this config has any. (add parameters to a file, or remove reload)',
  ])
})

test.each(RELEASES)('KubeBlocks %s is told of the section, and checks what is in it', (release) => {
  const { chart } = compiled({ ...ini, section: 'server' }, ['buffer'], undefined, release)
  const text = [...(chart?.tree.values() ?? [])].map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n')
  expect(text).toMatch(/format: ini\n +iniConfig:\n +sectionName: server\n/)
  expect(text).toContain('#Conf: {\n\t// A number.\n\tbuffer?: int\n\t...\n}\n\nconfiguration: {\n\tserver?: #Conf\n\t...\n}\n')
})
