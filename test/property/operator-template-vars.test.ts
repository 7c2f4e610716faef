import { expect, test } from 'vitest'
import { buildPods, operatorRelease } from '../../src/operator/index.ts'
import { nastySample, SEED, TEXTS } from '../support/adversarial.ts'
import { compileInMemory } from '../support/compile-in-memory.ts'
import { isWellFormed } from '../support/every-text.ts'
import { HELMS } from '../support/helm.ts'
import { at, renderAddons } from '../support/rendered-addons.ts'
import { chartYaml, decoded, folderOf, needHelm, templateText } from '../support/scratch-chart.ts'

/** Helm's engine erases `<no value>` from what it renders, KubeBlocks' does not; the stand-in cannot show texts that hold it. */
/** What an operator that puts variables into values would change. */
const REFERENCES = ['cost $(BIG) $$(BIG)', '$(BIG)', '$$$(BIG)$(BIG)', '$(BIG', '$()', '$()BIG)', '$(T0$(BIG)', '$$', '$(a\nb)']
const texts = [...new Set([...TEXTS, ...REFERENCES, ...nastySample(100)])].filter((text) => isWellFormed(text) && !text.includes('<no value>'))

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
  KNOB: 'a "b" {{ c }} \\ %v <d> $(BIG) $$(BIG) $(BIG',
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
const files = { 'facts.txt': json(Object.keys(FACTS)), 'texts.txt': json(variables) }
const { chart, diagnostics } = compileInMemory(descriptor, files)

/** Renders texts as the operator does: one after the other, with its objects as the data. */
function renderByOperator(major: 3 | 4, sources: readonly unknown[], data: object = OBJECTS): readonly unknown[] {
  const again =
    '{{ $data := merge (dict "Template" $.Template) (.Values.objects | b64dec | fromJson) }}{{ range .Values.texts }}\n---\nread: {{ tpl (b64dec .) $data | b64enc }}\n{{ end }}'
  return decoded(
    templateText(major, folderOf([chartYaml('again'), ['templates/again.yaml', again]]), {
      objects: Buffer.from(JSON.stringify(data)).toString('base64'),
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

const { VERSION, ...UNVERSIONED } = FACTS
const { VERSION: VERSION_READ, ...READ } = EXPECTED
/** The addon as a release with vars takes it: 0.9 does not give the version; a container asks for a port of the host network. */
const newer = (release: string) => {
  const facts = { ...(release === '0.9' ? {} : { VERSION }), ...UNVERSIONED, NO_PORT: { fact: 'servicePort', of: 'gone', optional: true } }
  const { tiny } = descriptor.components
  const containers = { tiny: { ...tiny.containers.tiny, env: { HOST_PORT: { fact: 'hostPort', port: 'client' } } } }
  const own = { ...tiny, containers, hostNetwork: ['client'], configs: { ...tiny.configs, ...config('facts', facts) } }
  const components = { ...descriptor.components, tiny: own }
  return compileInMemory({ ...descriptor, components }, { ...files, 'facts.txt': json(Object.keys(facts)) }, release)
}

const RUNS = ['0.9', '1.0', '1.1', '1.2-alpha'].flatMap((release) => HELMS.map((major) => [release, major] as const))

test.for(RUNS)(`templates have their vars when KubeBlocks %s renders them, Helm %i (seed ${SEED})`, ([release, major], context) => {
  needHelm(context, major)
  const compiled = newer(release)
  expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  if (compiled.chart === undefined) throw new Error('not compiled')
  const objects = [
    ...(renderAddons(major, [{ name: 'many', tree: compiled.chart.tree }])
      .get('many')
      ?.objects.values() ?? []),
  ]
  const definitionOf = (component: string) =>
    objects
      .filter((object) => at(object, 'kind') === 'ComponentDefinition')
      .map((object) => String(at(object, 'metadata', 'name')))
      .find((name) => name.startsWith(`many-${component}-`)) ?? ''
  const cluster = {
    name: 'c1',
    namespace: 'ns',
    uid: 'b-7',
    components: [
      { name: 'main', definition: definitionOf('tiny'), replicas: 2 },
      { name: 'second', definition: definitionOf('other'), replicas: 1 },
    ],
  }
  const pods = buildPods(operatorRelease(release), objects, cluster, 'main')
  if ('problem' in pods) throw new Error(pods.problem)
  expect(pods.problems).toEqual([])
  // In a cluster without the host network.
  expect(pods.templateVars.get('HOST_PORT')).toBe('1234')
  const vars = Object.fromEntries(pods.templateVars)
  const domain = '.ns.svc.cluster.local'
  const dataOf = (name: string) =>
    Object.values(
      Object(
        at(
          objects.find((object) => new RegExp(`tiny-${name}-template`).test(String(at(object, 'metadata', 'name')))),
          'data',
        ),
      ),
    )
  const [first] = renderByOperator(major, dataOf('facts'), vars)
  expect(first).toEqual({
    ...READ,
    ...(release === '0.9' ? {} : { VERSION: VERSION_READ }),
    FQDNS: `c1-main-0.c1-main-headless${domain},c1-main-1.c1-main-headless${domain}`,
    OTHER_PODS: `c1-second-0.c1-second-headless${domain}`,
    HOST: 'c1-main',
    NO_PORT: '',
  })
  const [read] = renderByOperator(major, dataOf('texts'), vars)
  expect(texts.filter((text, index) => at(read, `T${index}`) !== text)).toEqual([])
})
