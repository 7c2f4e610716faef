import { expect, test } from 'vitest'
import { nastySample, SEED, TEXTS } from '../support/adversarial.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { isWellFormed } from '../support/every-text.ts'
import { HELMS } from '../support/helm.ts'
import { at, renderAddons } from '../support/rendered-addons.ts'
import { chartYaml, decoded, folderOf, needHelm, templateText } from '../support/scratch-chart.ts'

/** Helm's engine erases `<no value>` from what it renders, KubeBlocks' does not; the stand-in cannot show texts that hold it. */
const texts = [...new Set([...TEXTS, ...nastySample(100)])].filter((text) => isWellFormed(text) && !text.includes('<no value>'))

const FACTS = {
  CLUSTER: { fact: 'clusterName' },
  UID: { fact: 'clusterUID' },
  NAMESPACE: { fact: 'namespace' },
  COMPONENT: { fact: 'componentName' },
  REPLICAS: { fact: 'replicas' },
  PODS: { fact: 'podNames' },
  FQDNS: { fact: 'podFQDNs' },
  HOST: { fact: 'serviceHost' },
  PORT: { fact: 'servicePort' },
  VERSION: { fact: 'serviceVersion' },
  TLS: { fact: 'tlsEnabled' },
  OTHER: { fact: 'componentName', of: 'other' },
  OTHER_PODS: { fact: 'podFQDNs', of: 'other' },
  OTHER_PORT: { fact: 'servicePort', of: 'other' },
  OTHER_REPLICAS: { fact: 'replicas', of: 'other' },
  GONE: { fact: 'serviceHost', of: 'gone', optional: true },
  KNOB: { knob: 'odd' },
  BIG: { knob: 'big' },
}

const EXPECTED = {
  CLUSTER: 'c1',
  UID: 'b-7',
  NAMESPACE: 'ns',
  COMPONENT: 'c1-main',
  REPLICAS: '2',
  PODS: 'c1-main-0,c1-main-1',
  FQDNS: 'c1-main-0.c1-main-headless.ns.svc,c1-main-1.c1-main-headless.ns.svc',
  HOST: 'c1-main.ns.svc',
  PORT: '1234',
  VERSION: '1.0.0+Build',
  TLS: 'false',
  OTHER: 'c1-second',
  OTHER_PODS: 'c1-second-0.c1-second-headless.ns.svc',
  OTHER_PORT: '99',
  OTHER_REPLICAS: '1',
  GONE: '',
  KNOB: 'a "b" {{ c }} \\ %v <d>',
  BIG: '12345678',
}

/** What the operator gives to templates (API.md 5.4). */
const OBJECTS = {
  cluster: {
    metadata: { name: 'c1', namespace: 'ns', uid: 'b-7' },
    spec: {
      clusterVersionRef: 'many-1.0.0-build',
      componentSpecs: [
        { name: 'main', componentDefRef: 'tiny', replicas: 2 },
        { name: 'second', componentDefRef: 'other', replicas: 1 },
      ],
    },
  },
  component: { name: 'main', replicas: 2 },
}

const json = (names: readonly string[]) => `{{ dict ${names.map((name) => `"${name}" .${name}`).join(' ')} | toJson }}`
const variables = texts.map((_, index) => `T${index}`)
const config = (name: string, vars: object) => ({ [name]: { template: true, files: { a: `${name}.txt`, b: `${name}.txt` }, vars } })
const plain = (name: string, port: number) => ({
  services: { default: { ports: ['p'] } },
  containers: { [name]: { image: 'tiny', ports: { p: port } } },
})
const descriptor = {
  apiVersion: 'addonsmith.dev/v1',
  name: 'many',
  version: '1.0.0',
  engine: 'many',
  description: 'Many variables.',
  images: { tiny: 'example/tiny' },
  values: {
    odd: { type: 'string', default: EXPECTED.KNOB, description: 'An odd text.' },
    big: { type: 'integer', default: 12345678, description: 'A number.' },
  },
  versions: [{ version: '1.0.0+Build', images: { tiny: '1' } }],
  components: {
    tiny: {
      services: { default: { ports: ['client'] } },
      configs: { ...config('facts', FACTS), ...config('texts', Object.fromEntries(texts.map((text, index) => [`T${index}`, text]))) },
      containers: { tiny: { image: 'tiny', ports: { client: 1234 }, mounts: { facts: '/f', texts: '/t' } } },
      tls: { mount: '/tls' },
    },
    other: plain('o', 99),
    gone: plain('g', 98),
  },
}
const { chart, diagnostics } = compileInMemory(descriptor, { 'facts.txt': json(Object.keys(FACTS)), 'texts.txt': json(variables) })

/** Renders texts as the operator does: one after the other, with its objects as the data. */
function renderByOperator(major: 3 | 4, sources: readonly unknown[]): readonly unknown[] {
  const again =
    '{{ $data := merge (dict "Template" $.Template) .Values.objects }}{{ range .Values.texts }}\n---\nread: {{ tpl (b64dec .) $data | b64enc }}\n{{ end }}'
  return decoded(
    templateText(major, folderOf([chartYaml('again'), ['templates/again.yaml', again]]), {
      objects: OBJECTS,
      texts: sources.map((text) => Buffer.from(String(text)).toString('base64')),
    }),
  )
}

test.for(HELMS)(`templates have their vars when KubeBlocks 0.5 to 0.8 renders them, Helm %i (seed ${SEED})`, (major, context) => {
  needHelm(context, major)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (chart === undefined) throw new Error('not compiled')
  const rendered = renderAddons(major, [{ name: 'many', tree: chart.tree }]).get('many')
  const data = (map: string) => at(rendered?.objects.get(`ConfigMap/many-tiny-${map}-template`), 'data')
  const facts = Object.values(Object(data('facts')))
  expect(facts).toHaveLength(2)
  expect(renderByOperator(major, facts)).toEqual([EXPECTED, EXPECTED])
  const [first] = renderByOperator(major, Object.values(Object(data('texts'))))
  const wrong = texts.filter((text, index) => at(first, `T${index}`) !== text)
  expect(wrong).toEqual([])
  expect(texts.length).toBeGreaterThan(200)
})
