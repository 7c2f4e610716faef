import {
  type Code,
  type Entry,
  expr,
  type Item,
  include,
  items,
  join,
  map,
  not,
  pair,
  release,
  scalar,
  seq,
  toJson,
  values,
} from '../../gotemplate/index.ts'
import type { ClusterTest, Component, EnvVar, Image, TextOrKnob } from '../../model/addon.ts'
import type { Value } from '../../model/chart.ts'
import { tlsSecretName } from '../../operator/names.ts'
import { clusterChartName } from '../names.ts'
import type { Lowered, Lowering } from '../release.ts'
import { jobScript, shellCommand, textOf } from '../shared/backup-scripts.ts'
import { isPlain, plainItem } from '../shared/env-items.ts'
import { imageReference } from '../shared/images.ts'
import { metadata, object } from '../shared/metadata.ts'
import { imageValues, knobValue, sharedImageValues } from '../shared/values.ts'
import { clusterNameHelper } from './names.ts'
import { hasTls } from './tls.ts'

/** Where the test finds the certificates of a cluster with TLS. */
const TLS_DIR = '/tls'

/** The group of values that the test needs. Nothing in it reaches a cluster, and kbcli has no flags for it, since it makes no tests. */
const GROUP = 'test'

export function testValues({ addon }: Lowering): readonly Value[] {
  const { test } = addon.cluster
  const image = imageOf(test, addon.images)
  if (test === undefined || image === undefined) return []
  const used = new Set(test.env.flatMap(knobsOf))
  const images: Value = { kind: 'group', name: 'images', description: 'The image.', values: [imageValues(image)] }
  const own = [sharedImageValues(), images, ...addon.knobs.filter(({ name }) => used.has(name)).map(knobValue)]
  return [{ kind: 'group', name: GROUP, description: 'What helm test is told. Nothing of it reaches the cluster.', values: own, isFlag: false }]
}

/**
 * The pod that `helm test` starts. Its script is the author's; the service it comes to is the default one of the first component that has one, shards
 * aside. It stays until the next test, for its log.
 */
export function testPod(lowering: Lowering): Lowered {
  const { addon } = lowering
  const { test } = addon.cluster
  const image = imageOf(test, addon.images)
  const component = addon.components.find(({ sharding, services }) => sharding === undefined && services.some(({ name }) => name === 'default'))
  if (test === undefined || image === undefined || component === undefined) return { objects: [], files: [] }
  const chart = clusterChartName(addon)
  const name = include(clusterNameHelper(addon))
  const script = jobScript('files/test.sh', textOf(test.script), [...test.origin, 'script'])
  const withTls = hasTls(lowering) && component.tls !== undefined
  const container = map(
    pair('name', 'test'),
    pair('image', imageReference(image, undefined, GROUP)),
    pair('imagePullPolicy', expr(values(GROUP, 'image', 'pullPolicy'))),
    pair('command', shellCommand(script.text)),
    pair('env', items(facts(name, component, withTls), test.env.flatMap(own))),
    withTls ? whenTls(pair('volumeMounts', seq([map(pair('name', 'tls'), pair('mountPath', TLS_DIR), pair('readOnly', true))]))) : [],
  )
  const pod = object(
    'v1',
    'Pod',
    metadata(chart, expr(join([name, '-test'])), {
      namespaced: true,
      annotations: { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation' },
    }),
    pair(
      'spec',
      map(
        pair('restartPolicy', 'Never'),
        pair('activeDeadlineSeconds', test.timeout),
        [{ kind: 'if', condition: values('nodeLabels'), body: pair('nodeSelector', expr(toJson(values('nodeLabels')), 'raw')) }],
        [{ kind: 'if', condition: values('tolerations'), body: pair('tolerations', expr(toJson(values('tolerations')), 'raw')) }],
        pair('containers', seq([container])),
        withTls ? whenTls(pair('volumes', seq([certificates(name, component)]))) : [],
      ),
    ),
  )
  return { objects: [pod], files: script.files }
}

function imageOf(test: ClusterTest | undefined, images: readonly Image[]): Image | undefined {
  return images.find(({ name }) => name === test?.image)
}

/** What the chart tells the script (docs/scripts.md). */
function facts(cluster: Code, component: Component, withTls: boolean): readonly Item[] {
  const ports = component.services.find(({ name }) => name === 'default')?.ports ?? []
  const text = (name: string, value: Parameters<typeof pair>[1]): Item => ({ kind: 'item', value: map(pair('name', name), pair('value', value)) })
  return [
    text('CLUSTER_NAME', expr(cluster)),
    text('CLUSTER_NAMESPACE', expr(release('Namespace'))),
    text('SERVICE_HOST', expr(join([cluster, `-${component.name}.`, release('Namespace'), '.svc']))),
    ...ports.slice(0, 1).map(({ number }) => text('SERVICE_PORT', String(number))),
    ...ports.map(({ name, number }) => text(`SERVICE_PORT_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`, String(number))),
    ...(withTls
      ? whether(values('tls'), [text('TLS_ENABLED', 'true'), text('TLS_DIR', TLS_DIR)], [text('TLS_ENABLED', '')])
      : [text('TLS_ENABLED', '')]),
  ]
}

function whether(condition: Code, then: readonly Item[], otherwise: readonly Item[]): readonly Item[] {
  return [
    { kind: 'if', condition, body: then },
    { kind: 'if', condition: not(condition), body: otherwise },
  ]
}

function own(variable: EnvVar): readonly Item[] {
  return isPlain(variable.value) ? plainItem(variable, variable.value, GROUP) : []
}

function whenTls(body: readonly Entry[]): Entry[] {
  return [{ kind: 'if', condition: values('tls'), body }]
}

/**
 * The Secret that the operator makes of the certificates, whoever issues them; its keys are the files that the definition names
 * (release-1.0:controllers/apps/component/transformer_component_tls.go).
 */
function certificates(cluster: Code, { name, tls }: Component): ReturnType<typeof map> {
  const files = [
    [tls?.ca, 'ca.crt'],
    [tls?.certificate, 'tls.crt'],
    [tls?.key, 'tls.key'],
  ] as const
  const list = seq(files.flatMap(([key, path]) => (key === undefined ? [] : [map(pair('key', scalar(key)), pair('path', path))])))
  return map(pair('name', 'tls'), pair('secret', map(pair('secretName', expr(join([cluster, tlsSecretName('', name)]))), pair('items', list))))
}

function knobsOf({ value }: EnvVar): readonly string[] {
  if (value.kind === 'knob') return [value.knob]
  if (value.kind !== 'secret') return []
  return [value.name, value.key].flatMap((part: TextOrKnob) => (part.kind === 'knob' ? [part.knob] : []))
}
