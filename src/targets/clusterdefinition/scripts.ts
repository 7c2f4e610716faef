import type { Component } from '../../model/addon.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { checkLength, scriptsName } from '../names.ts'
import type { Lowered, Lowering } from '../release.ts'
import { type Content, configMapOfFiles, escapeForOperator } from '../shared/config-map.ts'
import { scriptedFacts } from './facts.ts'

/** The ConfigMap with the scripts of a component and what the compiler adds to them. */
export function scriptConfigMap(lowering: Lowering, component: Component): Lowered {
  const { addon, release, locate, report } = lowering
  const generated = generatedScripts(lowering, component)
  const { scripts } = component
  if (scripts === undefined) {
    const fact = generated[0]
    if (fact !== undefined) {
      report({
        code: 'target/unsupported',
        message: `In KubeBlocks ${release.version} the facts podFQDNs and replicas reach a process only through scripts, and the component "${component.name}" has none.`,
        place: locate(component.origin, 'key'),
        hint: 'add scripts that source facts.sh',
      })
    }
    return { objects: [], files: [] }
  }
  const name = scriptsName(addon.name, component)
  checkLength(lowering, 'script', name, release.limits.configSpec, scripts.origin)
  const own = scripts.files.map(({ name, text, origin }) => ({ key: name, text: escapeForOperator(text), origin }))
  const contents = [...own, ...generated].sort((a, b) => (a.key < b.key ? -1 : 1))
  const { object, files } = configMapOfFiles(addon.name, name, `files/scripts/${component.name}`, contents)
  return { objects: [object], files }
}

/** facts.sh and pre-stop.sh, where they are needed. */
function generatedScripts({ release }: Lowering, component: Component): readonly Content[] {
  const named = (fact: 'podFQDNs' | 'replicas') => scriptedFacts(component, fact).map((name) => ({ name }))
  const replicas = named('replicas')
  const podFqdns = named('podFQDNs')
  const contents: Content[] = []
  if (replicas.length + podFqdns.length > 0) {
    contents.push({
      key: 'facts.sh',
      text: renderSkeleton('scripts/facts-clusterdefinition.sh', { kubeblocks: release.version, replicas, podFqdns }),
      origin: component.origin,
    })
  }
  const leave = component.memberLeave
  if (leave !== undefined)
    contents.push({ key: 'pre-stop.sh', text: renderSkeleton('scripts/pre-stop.sh', { script: leave.script }), origin: leave.origin })
  return contents
}
