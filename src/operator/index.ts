export type { ActionSubject } from './action-parameters.ts'
export { type Call, type CallOrProblem, KBAGENT_TIMEOUT, lifecycleCall } from './actions.ts'
export { type BackupJob, type JobsOrProblem, restoreJobs, saveJobs } from './backup.ts'
export type { BackupRun, RestorePhase } from './backup-run.ts'
export type { Cluster, ClusterComponent, Component, Template } from './cluster.ts'
export {
  type ClusterPart,
  type ClusterParts,
  clustersIn,
  type DefinitionReference,
  definitionOf,
  type FoundDefinition,
  isOfKubeBlocks,
  namedDefinition,
  partsOf,
} from './cluster-parts.ts'
export { type ComponentPart, componentsOf } from './components.ts'
export { containerCall, containerNamed, type Hook, hookCall, mainContainer } from './containers.ts'
export { type ConnectionCredential, connectionCredential, type RandomTexts } from './credential.ts'
export { type Standing, standingOf } from './elsewhere.ts'
export { buildPods, type Container, containerEnvironment, type Pods, podFacts } from './environment.ts'
export { ALL, FROM_08, FROM_09, NEW, OLD } from './eras.ts'
export { type ContainerFiles, containerFiles, type MountedFile } from './files.ts'
export { formerVariable } from './former.ts'
export { frozenPart, mutableFields } from './frozen.ts'
export { type Images, mergeContainers, resolveImages } from './images.ts'
export { type EnvVar, expand, type PodFacts, type ProcessEnvironment } from './kubelet.ts'
export { type NamedItem, nameLimit, nameProblem } from './limits.ts'
export {
  type Choice,
  chooseDefinition,
  configMapIn,
  isPattern,
  lastByName,
  nameMatches,
  nameOf,
  namesMatching,
  ofKind,
  serviceVersionsOf,
  sidecarMatches,
} from './matching.ts'
export { type UnknownMount, unknownMounts } from './mounts.ts'
export {
  accountSecretName,
  componentObjectName,
  connectionSecretName,
  envMapName,
  headlessServiceName,
  podFqdn,
  podHost,
  podName,
  serviceObjectName,
  shortPodFqdn,
  templateMapName,
} from './names.ts'
export { quantity } from './quantity.ts'
export { type Form, type OperatorRelease, operatorRelease, operatorReleases } from './releases.ts'
export { clustersMeant, namedCluster, operationType, sectionsOf } from './requests.ts'
export { TEMPLATE_FUNCTIONS, type TemplateRenderer, templateVocabulary } from './template-functions.ts'
export { isBlankTemplate, isInert, renderLiterals, TEMPLATE_WORDS, type TemplateUse, templateUse, unknownFunctions } from './templates.ts'
export { policiesOf } from './validation/backup.ts'
export {
  applyRules,
  type Finding,
  type ObjectPath,
  type OperatorFinding,
  type ValidationRule,
  validateObjects,
  validationRules,
} from './validation/index.ts'
export { definitionsFor } from './validation/parameters.ts'
export { type Item, itemsAt, whole } from './validation/rule.ts'
export { configMapName, templatesOf } from './validation/templates.ts'
export { compareVersions, isSemantic, versionServes } from './versions.ts'
