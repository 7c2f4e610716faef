import { type Code, goString, join, toText, values } from '../../gotemplate/index.ts'
import type { EnvVar, FactValue } from '../../model/addon.ts'
import { clusterVersionName } from '../names.ts'
import type { ClusterDefinitionLowering } from '../release.ts'

/**
 * Template code that gives a template its vars as `.NAME`, in front of its text: these operators give templates their own objects only (API.md 5.4).
 * The operator runs it; a knob is put in by Helm before.
 */
export function templatePrelude(lowering: ClusterDefinitionLowering, vars: readonly EnvVar[]): readonly (string | Code)[] {
  return vars.flatMap((variable) => assignment(lowering, variable))
}

/** Sets one variable. Sprig's `set` changes the data that `.` and `$` are. */
function assignment(lowering: ClusterDefinitionLowering, { name, value }: EnvVar): readonly (string | Code)[] {
  const set = (expression: string) => `{{ $_ := set $ ${goString(name)} ${expression} }}`
  switch (value.kind) {
    case 'text':
      return [set(goString(value.text))]
    case 'knob': {
      const [before = '', after = ''] = set('\0').split('\0')
      // Quoted, the text is a Go string as well as a YAML one.
      return [before, toText(values(value.knob), value.isNumber), after]
    }
    case 'fact':
      return [value.of === undefined ? ownFact(lowering, value, set) : otherFact(value.of, value, set, name)]
    default:
      return []
  }
}

type Setter = (expression: string) => string

/** The component that the file is for, as the operator's objects have it. */
const OWN: Subject = { name: '$.component.name', replicas: '$.component.replicas' }

interface Subject {
  readonly name: string
  readonly replicas: string
}

const FULL_NAME = ({ name }: Subject) => `(printf "%s-%s" $.cluster.metadata.name ${name})`

function ownFact(lowering: ClusterDefinitionLowering, value: FactValue, set: Setter): string {
  switch (value.fact) {
    case 'clusterName':
      return set('$.cluster.metadata.name')
    case 'clusterUID':
      return set('(toString $.cluster.metadata.uid)')
    case 'namespace':
      return set('$.cluster.metadata.namespace')
    case 'serviceVersion':
      return set(versionExpression(lowering))
    default:
      return aboutComponent(value, OWN, set)
  }
}

/** Facts that every component has. */
function aboutComponent({ fact, port }: FactValue, subject: Subject, set: Setter): string {
  switch (fact) {
    case 'componentName':
      return set(FULL_NAME(subject))
    case 'replicas':
      return set(`(toString ${subject.replicas})`)
    case 'serviceHost':
      return set(`(printf "%s.%s.svc" ${FULL_NAME(subject)} $.cluster.metadata.namespace)`)
    case 'podNames':
      return podList(subject, '(printf "%s-%d" $addonsmith_name $ordinal)', set)
    case 'podFQDNs':
      return podList(subject, '(printf "%s-%d.%s-headless.%s.svc" $addonsmith_name $ordinal $addonsmith_name $.cluster.metadata.namespace)', set)
    case 'tlsEnabled':
      return set('"false"')
    default:
      return set(goString(String(port?.number ?? '')))
  }
}

function podList(subject: Subject, pod: string, set: Setter): string {
  const start = `{{ $addonsmith_name := ${FULL_NAME(subject)} }}{{ $addonsmith_pods := list }}`
  const loop = `{{ range $ordinal := until (int ${subject.replicas}) }}{{ $addonsmith_pods = append $addonsmith_pods ${pod} }}{{ end }}`
  return `${start}${loop}${set('(join "," $addonsmith_pods)')}`
}

/** Facts about the components of a definition: there is one in a cluster, or none. */
function otherFact(of: string, value: FactValue, set: Setter, name: string): string {
  const missing = value.optional ? set('""') : `{{ fail ${goString(`${name} needs a component of the definition ${of}`)} }}`
  const subject = { name: '$spec.name', replicas: '$spec.replicas' }
  const found = `{{ if eq (get $spec "componentDefRef") ${goString(of)} }}${aboutComponent(value, subject, set)}{{ end }}`
  return `{{ range $spec := $.cluster.spec.componentSpecs }}${found}{{ end }}{{ if not (hasKey $ ${goString(name)}) }}${missing}{{ end }}`
}

/** The engine version behind the name of a ClusterVersion. */
function versionExpression({ addon }: ClusterDefinitionLowering): string {
  const pairs = addon.versions.map(({ version }) => `${goString(clusterVersionName(addon.name, version))} ${goString(version)}`)
  return `(get (dict ${pairs.join(' ')}) $.cluster.spec.clusterVersionRef)`
}

/** The parts as code, with a file behind them. */
export function withPrelude(prelude: readonly (string | Code)[], content: Code): Code {
  return join([...prelude, content])
}
