import type { Path } from '../../src/diagnostics/index.ts'

/** A place where an author can write free text: a default that is valid, and where it stands in the descriptor (or in a file beside it). */
export interface Field {
  readonly usual: string
  /** Way to the value, or to the map whose key it is; a file name stands for a finding in that file. */
  readonly paths: readonly (Path | string)[]
}

const c: Path = ['components', 'c']
const box: Path = [...c, 'containers', 'box']
const side: Path = [...c, 'containers', 'side']
const method: Path = ['backup', 'methods', 'full']

/** Every field of a descriptor that takes text, by a name for test output. */
export const FIELDS = {
  description: { usual: 'An engine.', paths: [['description']] },
  category: { usual: 'vector', paths: [['category']] },
  provider: { usual: 'community', paths: [['provider']] },
  license: { usual: 'MIT', paths: [['license']] },
  home: { usual: 'https://example.org', paths: [['home']] },
  icon: { usual: 'https://example.org/i.svg', paths: [['icon']] },
  source: { usual: 'https://example.org/s', paths: [['sources']] },
  keyword: { usual: 'word', paths: [['keywords']] },
  maintainerName: { usual: 'Somebody', paths: [['maintainers']] },
  maintainerEmail: { usual: 'a@example.org', paths: [['maintainers']] },
  maintainerUrl: { usual: 'https://example.org/m', paths: [['maintainers']] },
  knobDefault: { usual: 'value', paths: [['values', 'text']] },
  knobDescription: { usual: 'A knob.', paths: [['values', 'text']] },
  knobEnum: { usual: 'one', paths: [['values', 'choice']] },
  repository: { usual: 'example/rich', paths: [['images']] },
  registry: { usual: 'example.org', paths: [['images']] },
  tag: { usual: '1.2.3', paths: [['images']] },
  versionTag: { usual: '9.9.9', paths: [['versions']] },
  componentDescription: { usual: 'The only one.', paths: [[...c, 'description']] },
  account: { usual: 'root', paths: [[...c, 'accounts']] },
  emptyDirKey: { usual: 'medium', paths: [[...c, 'volumes']] },
  emptyDirValue: { usual: 'Memory', paths: [[...c, 'volumes']] },
  configName: { usual: 'n.conf', paths: [[...c, 'configs', 'named']] },
  configText: { usual: 'a = 1\n', paths: [[...c, 'configs', 'plain']] },
  templateText: { usual: 'a = {{ 1 }}\n', paths: [[...c, 'configs', 'dynamic'], 'template.txt'] },
  scriptName: { usual: 's.sh', paths: [[...c, 'scripts', 'files', 0]] },
  scriptText: { usual: '#!/bin/sh\n', paths: [[...c, 'scripts', 'files', 1], 'scripts/text.sh'] },
  dashboardText: { usual: 'A title', paths: [['dashboards']] },
  parameterDescription: { usual: 'A parameter.', paths: [[...c, 'configs'], 'parameters.yaml'] },
  parameterUnit: { usual: 'bytes', paths: [[...c, 'configs'], 'parameters.yaml'] },
  parameterEnum: { usual: 'low', paths: [[...c, 'configs'], 'parameters.yaml'] },
  command: { usual: 'run', paths: [[...box, 'command']] },
  argument: { usual: '-x', paths: [[...box, 'args']] },
  envName: { usual: 'NAME', paths: [[...box, 'env']] },
  envText: { usual: 'text', paths: [[...side, 'env', 'TEXT']] },
  secretName: { usual: 'secret', paths: [[...side, 'env', 'FROM_SOMEWHERE', 'secret', 'name']] },
  secretKey: { usual: 'key', paths: [[...side, 'env', 'FROM_SOMEWHERE', 'secret', 'key']] },
  mountPath: { usual: '/data', paths: [[...box, 'mounts']] },
  subPath: { usual: 'sub', paths: [[...box, 'mounts']] },
  probePath: { usual: '/', paths: [[...box, 'liveness']] },
  probeCommand: { usual: 'true', paths: [[...box, 'readiness']] },
  securityKey: { usual: 'runAsUser', paths: [[...box, 'securityContext']] },
  securityValue: { usual: '0', paths: [[...box, 'securityContext']] },
  metricsPath: { usual: '/metrics', paths: [[...c, 'metrics']] },
  podKey: { usual: 'disk', paths: [[...c, 'pod']] },
  podValue: { usual: 'fast', paths: [[...c, 'pod']] },
  podItem: { usual: 'item', paths: [[...c, 'pod']] },
  backupEnv: { usual: 'text', paths: [[...method, 'env']] },
  backupText: { usual: 'echo backup\n', paths: [[...method, 'backup'], 'backup.sh'] },
  restoreText: { usual: 'echo restore\n', paths: [[...method, 'restore'], 'restore.sh'] },
  composedText: { usual: 'a', paths: [[...box, 'env', 'COMPOSED']] },
  logPath: { usual: '/mnt/scratch/a.log', paths: [[...c, 'logs']] },
  varText: { usual: 'text', paths: [[...c, 'configs', 'filled']] },
  reloadProcess: { usual: 'engine', paths: [[...c, 'configs', 'plain']] },
  leaveWord: { usual: 'leave', paths: [[...c, 'lifecycle']] },
  labelValue: { usual: 'front', paths: [[...c, 'labels']] },
  annotationValue: { usual: 'note', paths: [[...c, 'annotations']] },
  statement: { usual: 'CREATE USER', paths: [[...c, 'accounts', 'other']] },
  lineText: { usual: 'old', paths: [['lines', 1, 'override']] },
} as const satisfies Readonly<Record<string, Field>>

export type FieldName = keyof typeof FIELDS

/** Names of all fields, in order. */
export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELDS).filter((name): name is FieldName => name in FIELDS)

/** A descriptor that uses every field, with the files beside it. Texts that are not given are the usual ones. */
export function richAddon(
  name: string,
  texts: Readonly<Partial<Record<FieldName, string>>> = {},
): { readonly descriptor: object; readonly files: Readonly<Record<string, string>> } {
  const t = (field: FieldName): string => texts[field] ?? FIELDS[field].usual
  const keyed = (field: FieldName, value: unknown): object => Object.fromEntries([[t(field), value]])
  const descriptor = {
    apiVersion: 'addonsmith.dev/v1',
    name,
    version: '1.0.0',
    engine: 'rich',
    description: t('description'),
    category: t('category'),
    provider: t('provider'),
    license: t('license'),
    home: t('home'),
    icon: t('icon'),
    sources: [t('source')],
    keywords: [t('keyword')],
    maintainers: [{ name: t('maintainerName'), email: t('maintainerEmail'), url: t('maintainerUrl') }],
    values: {
      text: { type: 'string', default: t('knobDefault'), description: t('knobDescription') },
      choice: { type: 'string', default: 'other', description: 'A choice.', enum: ['other', t('knobEnum')] },
    },
    images: { rich: { repository: t('repository'), registry: t('registry') }, tools: { repository: 'example/tools', tag: t('tag') } },
    versions: [
      { version: '1.0.0', images: { rich: t('versionTag') } },
      { version: '0.9.0', images: { rich: '0.9.0' } },
    ],
    lines: [
      { name: '1', versions: ['1.0.0'] },
      { name: '0', versions: ['0.9.0'], override: { components: { c: { containers: { side: { env: { TEXT: t('lineText') } } } } } } },
    ],
    components: {
      c: {
        description: t('componentDescription'),
        accounts: { ...keyed('account', { initial: true }), other: { statement: { create: t('statement') } } },
        labels: { tier: t('labelValue') },
        annotations: { note: t('annotationValue') },
        logs: { main: t('logPath') },
        lifecycle: { memberLeave: { exec: [t('leaveWord'), t('leaveWord')] }, accountProvision: { exec: ['provision'] } },
        volumes: { data: { claim: true }, scratch: { emptyDir: { ...keyed('emptyDirKey', t('emptyDirValue')) } } },
        configs: {
          named: { files: keyed('configName', 'named.txt') },
          plain: {
            files: { 'c.conf': { path: 'config.txt', format: 'properties', parameters: 'parameters.yaml' } },
            reload: { signal: { process: t('reloadProcess'), signal: 'SIGHUP' } },
          },
          filled: { template: true, files: { 'f.conf': 'filled.txt' }, vars: { TEXT: t('varText') } },
          dynamic: { template: true, files: { 'd.conf': 'template.txt' } },
        },
        scripts: { files: [`scripts/${t('scriptName')}`, 'scripts/text.sh'] },
        containers: {
          box: {
            image: 'rich',
            command: [t('command'), t('command')],
            args: [t('argument')],
            ports: { client: 1234 },
            mounts: {
              data: { path: t('mountPath'), subPath: t('subPath') },
              scratch: '/mnt/scratch',
              named: '/mnt/named',
              plain: '/mnt/plain',
              dynamic: '/mnt/dynamic',
              filled: '/mnt/filled',
              scripts: '/mnt/scripts',
            },
            env: {
              ...keyed('envName', 'text'),
              FROM_KNOB: { knob: 'text' },
              FROM_CHOICE: { knob: 'choice' },
              COMPOSED: { text: `${t('composedText').replaceAll('$', '$$$$')}\${FROM_KNOB}` },
            },
            liveness: { http: { path: t('probePath'), port: 'client' } },
            readiness: { exec: [t('probeCommand')] },
            securityContext: keyed('securityKey', t('securityValue')),
          },
          side: {
            image: 'tools',
            env: { TEXT: t('envText'), FROM_SOMEWHERE: { secret: { name: t('secretName'), key: t('secretKey') } } },
          },
        },
        metrics: { port: 'client', path: t('metricsPath') },
        pod: { nodeSelector: { ...keyed('podKey', t('podValue')) }, list: [t('podItem'), [t('podItem')], { inner: [t('podItem')] }] },
      },
    },
    backup: {
      component: 'c',
      methods: {
        full: {
          type: 'full',
          image: 'tools',
          env: { BACKUP_TEXT: t('backupEnv') },
          backup: { script: 'backup.sh' },
          restore: { script: 'restore.sh', phase: 'ready' },
        },
      },
    },
    dashboards: 'dashboards/d.json',
  }
  const parameters = {
    level: { type: 'string', change: 'static', enum: [t('parameterEnum')], unit: t('parameterUnit'), description: t('parameterDescription') },
  }
  const files = {
    'config.txt': t('configText'),
    'template.txt': t('templateText'),
    'filled.txt': '{{ .TEXT }}\n',
    'named.txt': 'text\n',
    [`scripts/${t('scriptName')}`]: 'echo\n',
    'scripts/text.sh': t('scriptText'),
    'dashboards/d.json': JSON.stringify({ title: t('dashboardText') }),
    'parameters.yaml': JSON.stringify(parameters),
    'backup.sh': t('backupText'),
    'restore.sh': t('restoreText'),
  }
  return { descriptor, files }
}
