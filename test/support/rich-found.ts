import { at, type RenderedAddon } from './rendered-addons.ts'
import type { FieldName } from './rich-addon.ts'

/** Helm puts blanks for all white space in some fields of Chart.yaml, and takes out what cannot be printed. */
export function asHelmShows(text: string): string {
  return [...text]
    .map((char) => (/^[\s\u0085]$/u.test(char) && char !== '\ufeff' ? ' ' : char))
    .filter((char) => char === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char))
    .join('')
}

/** What the kubelet makes of a command without variables: `$$` is `$`, and `$(X)` of an unknown X stays. */
export function afterKubelet(text: string): string {
  let result = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    const next = text[i + 1]
    if (char !== '$' || next === undefined) result += char
    else if (next === '$') {
      result += '$'
      i++
    } else if (next === '(') {
      const close = text.indexOf(')', i)
      if (close >= 0) result += '<EXPANDED>'
      i = close < 0 ? i : close
      if (close < 0) result += char
    } else result += char
  }
  return result
}

/** A script as the compiler puts it between its own parts. */
export function insideScript(text: string): string {
  return text.replace(/^#!.*\n/, '').replace(/\n*$/, '\n')
}

type Found = readonly [expected: unknown, actual: unknown]

/** Where each field's text must be in what Helm rendered, and as what. */
export function found(field: FieldName, text: string, name: string, { objects, chart, metadata, values }: RenderedAddon): Found {
  const definition = objects.get(`ClusterDefinition/${name}`)
  const c = at(definition, 'spec', 'componentDefs', 0)
  const box = at(c, 'podSpec', 'containers', 0)
  const side = at(c, 'podSpec', 'containers', 1)
  const version = at(objects.get(`ClusterVersion/${name}-1.0.0`), 'spec', 'componentVersions', 0, 'versionsContext', 'containers')
  const tool = at(objects.get(`BackupTool/${name}-full`), 'spec')
  const env = (key: string): unknown => {
    const list = at(box, 'env')
    return Array.isArray(list) ? list.find((item) => at(item, 'name') === key) : undefined
  }
  const config = at(objects.get(`ConfigMap/${name}-c-plain-template`), 'data')
  const named = at(objects.get(`ConfigMap/${name}-c-named-template`), 'data')
  const dynamic = at(objects.get(`ConfigMap/${name}-c-dynamic-template`), 'data')
  const scripts = at(objects.get(`ConfigMap/${name}-c-scripts`), 'data')
  const cue = String(at(objects.get(`ConfigConstraint/${name}-c-plain-constraints`), 'spec', 'configurationSchema', 'cue'))
  const annotation = (key: string) => at(chart, 'annotations', key)
  const escaped = (plain: string) => plain.replaceAll('{{', '{{"{{"}}')
  const has = (whole: unknown, part: string): Found => [true, String(whole).includes(part)]
  const image = (index: number) => String(at(version, index, 'image'))
  switch (field) {
    case 'description':
      return [
        [asHelmShows(text), text],
        [at(chart, 'description') ?? '', at(metadata, 'description')],
      ]
    case 'home':
      return [asHelmShows(text), at(chart, 'home') ?? '']
    case 'icon':
      return [asHelmShows(text), at(chart, 'icon') ?? '']
    case 'source':
      return [asHelmShows(text), at(chart, 'sources', 0) ?? '']
    case 'keyword':
      return [asHelmShows(text), at(chart, 'keywords', 0) ?? '']
    case 'maintainerName':
      return [text, at(metadata, 'maintainers', 0, 'name')]
    case 'maintainerEmail':
      return [text, at(metadata, 'maintainers', 0, 'email')]
    case 'maintainerUrl':
      return [text, at(metadata, 'maintainers', 0, 'url')]
    case 'category':
      return [text, annotation('addon.kubeblocks.io/model')]
    case 'provider':
      return [text, annotation('addon.kubeblocks.io/provider')]
    case 'license':
      return [text, annotation('artifacthub.io/license')]
    case 'knobDefault':
      return [
        [text, text],
        [at(values, 'text'), at(env('FROM_KNOB'), 'value')],
      ]
    case 'knobDescription':
    case 'knobEnum':
      // They stand in values.schema.json, which another test reads.
      return [0, 0]
    case 'repository':
      return has(image(0), `/${text}:`)
    case 'registry':
      return [true, image(0).startsWith(`${text}/`)]
    case 'tag':
      return [true, image(1).endsWith(`:${text}`)]
    case 'versionTag':
      return [true, image(0).endsWith(`:${text}`)]
    case 'componentDescription':
      return [text, at(c, 'description')]
    case 'account':
      return [text, at(definition, 'spec', 'connectionCredential', 'username')]
    case 'emptyDirKey':
      return [true, volumeField(c, 'scratch', (fields) => Object.hasOwn(fields, text))]
    case 'emptyDirValue':
      return [true, volumeField(c, 'scratch', (fields) => Object.values(fields).includes(text))]
    case 'configName':
      return [[text], Object.keys(Object(named))]
    case 'configText':
      return [escaped(text), at(config, 'c.conf')]
    case 'templateText':
      return [text, at(dynamic, 'd.conf')]
    case 'scriptName':
      return [true, Object.keys(Object(scripts)).includes(text.slice(text.lastIndexOf('/') + 1))]
    case 'scriptText':
      return [escaped(text), at(scripts, 'text.sh')]
    case 'dashboardText':
      return [{ title: text }, JSON.parse(String(at(objects.get(`ConfigMap/${name}-grafana-d`), 'data', 'd.json')))]
    case 'parameterDescription':
      return has(cue.replace(/\s*\/\/ ?/g, ' '), text.split(/[\p{Cc}\u2028\u2029]/u)[0] ?? '')
    case 'parameterUnit':
      return has(cue.replace(/\s*\/\/ ?/g, ' '), text.split(/[\p{Cc}\u2028\u2029]/u)[0] ?? '')
    case 'parameterEnum':
      return has(cue, `level?: ${JSON.stringify(text)}`)
    case 'command':
      return [[text, text], at(box, 'command')]
    case 'argument':
      return [[text], at(box, 'args')]
    case 'envName':
      return [text, at(box, 'env', 0, 'name')]
    case 'envText':
      return [text, at(side, 'env', 0, 'value')]
    case 'secretName':
      return [text, at(side, 'env', 1, 'valueFrom', 'secretKeyRef', 'name')]
    case 'secretKey':
      return [text, at(side, 'env', 1, 'valueFrom', 'secretKeyRef', 'key')]
    case 'mountPath':
      return [text, at(box, 'volumeMounts', 0, 'mountPath')]
    case 'subPath':
      return [text, at(box, 'volumeMounts', 0, 'subPath')]
    case 'probePath':
      return [text, at(box, 'livenessProbe', 'httpGet', 'path')]
    case 'probeCommand':
      return [[text], at(box, 'readinessProbe', 'exec', 'command')]
    case 'securityKey':
      return [[text], Object.keys(Object(at(box, 'securityContext')))]
    case 'securityValue':
      return [[text], Object.values(Object(at(box, 'securityContext')))]
    case 'metricsPath':
      return [text, at(c, 'monitor', 'exporterConfig', 'scrapePath')]
    case 'podKey':
      return [[text], Object.keys(Object(at(c, 'podSpec', 'nodeSelector')))]
    case 'podValue':
      return [[text], Object.values(Object(at(c, 'podSpec', 'nodeSelector')))]
    case 'podItem':
      return [[text, [text], { inner: [text] }], at(c, 'podSpec', 'list')]
    case 'backupEnv':
      return [true, JSON.stringify(at(tool, 'env')).includes(JSON.stringify({ name: 'BACKUP_TEXT', value: text }))]
    case 'composedText':
      // Between its dollar signs and the variable the kubelet sees each dollar sign doubled.
      return [`${text.replaceAll('$', '$$$$')}$(FROM_KNOB)`, at(env('COMPOSED'), 'value')]
    case 'logPath':
      return [text, at(c, 'logConfigs', 0, 'filePathPattern')]
    case 'varText':
      return [
        `{{ $_ := set $ "TEXT" ${JSON.stringify(text)} }}{{ .TEXT }}\n`,
        at(objects.get(`ConfigMap/${name}-c-filled-template`), 'data', 'f.conf'),
      ]
    case 'reloadProcess':
      return [text, at(objects.get(`ConfigConstraint/${name}-c-plain-constraints`), 'spec', 'reloadOptions', 'unixSignalTrigger', 'processName')]
    case 'leaveWord':
      return has(at(scripts, 'pre-stop.sh'), `while ! ${[text, text].map(shellWord).join(' ').replaceAll('{{', '{{"{{"}}')}; do`)
    case 'labelValue':
      return [text, at(c, 'customLabelSpecs', 0, 'value')]
    case 'annotationValue':
    case 'statement':
      // The generation has no place for them.
      return [0, 0]
    case 'lineText':
      return [
        text,
        at(objects.get(`ClusterVersion/${name}-0.9.0`), 'spec', 'componentVersions', 0, 'versionsContext', 'containers', 1, 'env', 0, 'value'),
      ]
    case 'backupText':
      return has(afterKubelet(String(at(tool, 'backupCommands', 2))), insideScript(text))
    case 'restoreText':
      return has(afterKubelet(String(at(tool, 'logical', 'restoreCommands', 2))), insideScript(text))
  }
}

/** A word as it stands in a generated script. */
function shellWord(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function volumeField(c: unknown, name: string, test: (fields: object) => boolean): boolean {
  const volumes = at(c, 'podSpec', 'volumes')
  const volume: unknown = Array.isArray(volumes) ? volumes.find((item) => at(item, 'name') === name) : undefined
  const fields = at(volume, 'emptyDir')
  return typeof fields === 'object' && fields !== null && test(fields)
}
