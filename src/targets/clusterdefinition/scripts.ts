import type { Component } from '../../model/addon.ts'
import { FACTS_SCRIPT, sourcesFacts } from '../../model/sourced.ts'
import { renderSkeleton } from '../../skeletons/index.ts'
import { checkLength, scriptsName } from '../names.ts'
import type { ClusterDefinitionLowering, ClusterDefinitionRelease, Lowered } from '../release.ts'
import { type Content, configMapOfFiles, escapeForOperator } from '../shared/config-map.ts'
import { leaveCommand } from '../shared/run.ts'
import { type ScriptedFact, scriptedFacts } from './facts.ts'
import { containersOfLines } from './lines.ts'

/** The ConfigMap with the scripts of a component and what the compiler adds to them. */
export function scriptConfigMap(lowering: ClusterDefinitionLowering, component: Component): Lowered {
  const { addon, release } = lowering
  const { scripts } = component
  const facts = collectFacts(lowering, component)
  if (scripts === undefined) return { objects: [], files: [] }
  const name = scriptsName(addon.name, component)
  checkLength(lowering, 'script', name, release.limits.configSpec, scripts.origin)
  const own = scripts.files.map(({ name, text, origin }) => ({ key: name, text: escapeForOperator(text), origin }))
  const contents = [...own, ...generatedScripts(release, component, facts)].sort((a, b) => (a.key < b.key ? -1 : 1))
  const { object, files } = configMapOfFiles(addon.name, name, `files/scripts/${component.name}`, contents)
  return { objects: [object], files }
}

/** facts.sh and pre-stop.sh, where they are needed. */
function generatedScripts(
  { version, replicaCount }: ClusterDefinitionRelease,
  component: Component,
  facts: readonly ScriptedFact[],
): readonly Content[] {
  const { origin, lifecycle } = component
  const named = (fact: ScriptedFact['fact']) =>
    facts.filter((item) => item.fact === fact).map(({ name, live }) => ({ name, fromFile: live || replicaCount === undefined }))
  const podLists = [
    ...named('podFQDNs').map(({ name }) => ({ name, domain: '.${KB_CLUSTER_COMP_NAME}-headless.${KB_NAMESPACE}.svc' })),
    ...named('podNames').map(({ name }) => ({ name, domain: '' })),
  ]
  const contents: Content[] = []
  if (facts.length > 0 || sourcesFacts(component)) {
    const data = {
      kubeblocks: version,
      replicas: named('replicas'),
      countsPods: podLists.length > 0,
      podLists,
      clusterUid: named('clusterUID'),
    }
    contents.push({ key: FACTS_SCRIPT, text: renderSkeleton('scripts/facts-clusterdefinition.sh', data), origin })
  }
  const leave = lifecycle?.memberLeave
  if (leave !== undefined) {
    contents.push({
      key: 'pre-stop.sh',
      text: escapeForOperator(renderSkeleton('scripts/pre-stop.sh', leaveCommand(leave.run))),
      origin: leave.origin,
    })
  }
  return contents
}

/** The facts that facts.sh sets for all containers of a component, each name once. Reports those that no script can reach, and names with two meanings. */
function collectFacts({ addon, locate, report }: ClusterDefinitionLowering, component: Component): readonly ScriptedFact[] {
  const byName = new Map<string, ScriptedFact>()
  for (const { component: owner, container } of containersOfLines(addon, component)) {
    const hasScripts = container.mounts.some(({ volume }) => volume === component.scripts?.volume)
    for (const fact of scriptedFacts(owner, container)) {
      const { name, origin } = fact
      const first = byName.get(name)
      if (first === undefined) byName.set(name, fact)
      const problem = !hasScripts
        ? `the fact ${fact.fact} reaches a process only by facts.sh, and the container "${container.name}" mounts no scripts.`
        : first !== undefined && (first.fact !== fact.fact || first.live !== fact.live)
          ? `one facts.sh serves all containers of a component, and ${name} is another fact in another container.`
          : undefined
      if (problem !== undefined) report({ code: 'target/unsupported', message: problem, place: locate(origin) })
    }
  }
  return [...byName.values()]
}
