import { expect, test } from 'vitest'
import { nastySample, SEED, TEXTS } from '../support/adversarial.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { differences, isWellFormed } from '../support/every-text.ts'
import { HELMS } from '../support/helm.ts'
import { at, renderAddons } from '../support/rendered-addons.ts'
import { chartYaml, decoded, folderOf, needHelm, templateText } from '../support/scratch-chart.ts'

/** Helm's engine erases `<no value>` from what it renders, KubeBlocks' does not; the stand-in cannot show texts that hold it. */
const TELLTALE = '<no value>'
const contents = [...new Set([...TEXTS, ...nastySample(400)])].filter(
  (text) => isWellFormed(text) && !text.includes('\0') && !text.includes(TELLTALE),
)
/** Scripts with carriage returns or a byte order mark at the start are refused. */
const scripts = contents.filter((text) => !text.includes('\r') && !text.startsWith('\ufeff'))

const many = (list: readonly string[], folder: string, extension: string) =>
  Object.fromEntries(list.map((text, index) => [`${folder}/f${index}.${extension}`, text]))

const descriptor = {
  apiVersion: 'addonsmith.dev/v1',
  name: 'many',
  version: '1.0.0',
  engine: 'many',
  description: 'Many files.',
  images: { many: 'example/many' },
  versions: [{ version: '1.0.0', images: { many: '1.0.0' } }],
  components: {
    many: {
      configs: {
        plain: { files: Object.fromEntries(contents.map((_, index) => [`f${index}.conf`, `plain/f${index}.conf`])) },
        dynamic: { template: true, files: { 'd.conf': 'd.conf' } },
      },
      scripts: { files: 'scripts/*.sh' },
      containers: { many: { image: 'many', mounts: { plain: '/plain', dynamic: '/dynamic', scripts: '/scripts' } } },
    },
  },
}
const TEMPLATE = 'a = {{ 1 }}\n{{- range $i := until 2 }}\nb{{ $i }} = {{ "{{" }}\n{{- end }}\n'
const { chart, diagnostics } = compileInMemory(descriptor, {
  ...many(contents, 'plain', 'conf'),
  ...many(scripts, 'scripts', 'sh'),
  'd.conf': TEMPLATE,
})

/** Renders texts as Go templates with Helm's engine and sprig, as KubeBlocks renders the keys of a ConfigMap. */
function renderAgain(major: 3 | 4, texts: readonly unknown[]): readonly unknown[] {
  const again = '{{ range .Values.texts }}\n---\nread: {{ tpl (b64dec .) $ | toJson | b64enc }}\n{{ end }}'
  return decoded(
    templateText(major, folderOf([chartYaml('again'), ['templates/again.yaml', again]]), {
      texts: texts.map((text) => Buffer.from(String(text)).toString('base64')),
    }),
  )
}

test.for(HELMS)(`scripts and configs are byte for byte what they were after the operator rendered them, Helm %i (seed ${SEED})`, (major, context) => {
  needHelm(context, major)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (chart === undefined) throw new Error('not compiled')
  expect(contents.length).toBeGreaterThan(1000)
  const rendered = renderAddons(major, [{ name: 'many', tree: chart.tree }]).get('many')
  const data = (map: string) => at(rendered?.objects.get(`ConfigMap/many-${map}`), 'data')
  const plain = contents.map((_, index) => at(data('plain-template'), `f${index}.conf`))
  const shell = scripts.map((_, index) => at(data('scripts'), `f${index}.sh`))
  expect(differences(contents, renderAgain(major, plain))).toEqual([])
  expect(differences(scripts, renderAgain(major, shell))).toEqual([])
  expect(plain.filter((text, index) => text !== contents[index]).length).toBeGreaterThan(50)
  // A declared template reaches the operator as it is, and is rendered there for the first time.
  expect(at(data('dynamic-template'), 'd.conf')).toBe(TEMPLATE)
  expect(renderAgain(major, [at(data('dynamic-template'), 'd.conf')])).toEqual(['a = 1\nb0 = {{\nb1 = {{\n'])
})
