import { validationRules } from '../../operator/index.ts'
import type { ObjectRule, SourceRule } from '../rule.ts'
import addonObjectLabel from './addon-object/label.ts'
import addonObjectLocation from './addon-object/location.ts'
import addonObjectName from './addon-object/name.ts'
import addonObjectRange from './addon-object/range.ts'
import addonObjectVersion from './addon-object/version.ts'
import backupContainer from './backup/container.ts'
import backupDefinition from './backup/definition.ts'
import backupTarget from './backup/target.ts'
import unusedPolicy from './backup/unused-policy.ts'
import foreignVersion from './cluster/foreign-version.ts'
import clusterServicePort from './cluster/service-port.ts'
import volumeClaim from './cluster/volume-claim.ts'
import mutableTag from './image/mutable-tag.ts'
import registry from './image/registry.ts'
import kbcliClosedSchema from './kbcli/closed-schema.ts'
import kbcliDefault from './kbcli/default.ts'
import kbcliDefinition from './kbcli/definition.ts'
import kbcliDefinitionText from './kbcli/definition-text.ts'
import kbcliFlags from './kbcli/flags.ts'
import kbcliOneCluster from './kbcli/one-cluster.ts'
import kbcliRequired from './kbcli/required.ts'
import kbcliSchema from './kbcli/schema.ts'
import kbcliTypeName from './kbcli/type-name.ts'
import configMapData from './manifest/config-map-data.ts'
import configMapSize from './manifest/config-map-size.ts'
import duplicateObject from './manifest/duplicate-object.ts'
import operationCluster from './operation/cluster.ts'
import operationRestore from './operation/restore.ts'
import actionContainer from './reference/action-container.ts'
import clusterVersion from './reference/cluster-version.ts'
import configKey from './reference/config-key.ts'
import configMapUnused from './reference/config-map-unused.ts'
import credentialPort from './reference/credential-port.ts'
import elsewhere from './reference/elsewhere.ts'
import emptyKey from './reference/empty-key.ts'
import formerVariable from './reference/former-variable.ts'
import image from './reference/image.ts'
import mount from './reference/mount.ts'
import pattern from './reference/pattern.ts'
import podConfigMap from './reference/pod-config-map.ts'
import repeatedEnv from './reference/repeated-env.ts'
import role from './reference/role.ts'
import script from './reference/script.ts'
import servicePort from './reference/service-port.ts'
import subPath from './reference/sub-path.ts'
import varReference from './reference/var.ts'
import variable from './reference/variable.ts'
import volume from './reference/volume.ts'
import agentBash from './script/agent-bash.ts'
import background from './script/background.ts'
import bashism from './script/bashism.ts'
import noTimeout from './script/no-timeout.ts'
import shebang from './script/shebang.ts'
import syntax from './script/syntax.ts'
import filesGet from './source/files-get.ts'
import filesGlob from './source/files-glob.ts'
import hardCodedNamespace from './source/hard-coded-namespace.ts'
import neverRendered from './source/never-rendered.ts'
import swappedDefault from './source/swapped-default.ts'
import tplValue from './source/tpl-value.ts'
import unquoted from './source/unquoted.ts'
import unusedHelper from './source/unused-helper.ts'
import ambiguousScalar from './values/ambiguous-scalar.ts'
import closedSchema from './values/closed-schema.ts'
import duplicateKey from './values/duplicate-key.ts'
import noSchema from './values/no-schema.ts'
import valuesSchema from './values/schema.ts'
import unusedValue from './values/unused.ts'
import overlap from './version/overlap.ts'
import unusedImage from './version/unused-image.ts'

/** All rules about rendered objects: what operators demand, and what else is a defect. Sorted by code. */
export const objectRules: readonly ObjectRule[] = [
  addonObjectLabel,
  addonObjectLocation,
  addonObjectName,
  addonObjectRange,
  addonObjectVersion,
  mutableTag,
  configMapData,
  configMapSize,
  duplicateObject,
  kbcliDefinition,
  kbcliOneCluster,
  credentialPort,
  image,
  script,
  servicePort,
  volume,
  backupContainer,
  backupDefinition,
  backupTarget,
  unusedPolicy,
  clusterServicePort,
  foreignVersion,
  volumeClaim,
  operationCluster,
  operationRestore,
  actionContainer,
  clusterVersion,
  configKey,
  configMapUnused,
  elsewhere,
  emptyKey,
  formerVariable,
  mount,
  pattern,
  podConfigMap,
  repeatedEnv,
  role,
  subPath,
  varReference,
  variable,
  overlap,
  unusedImage,
  agentBash,
  background,
  bashism,
  noTimeout,
  shebang,
  syntax,
  ...validationRules,
].sort((a, b) => (a.code < b.code ? -1 : 1))

/** All rules about the files of a chart, sorted by code. */
export const sourceRules: readonly SourceRule[] = [
  registry,
  kbcliClosedSchema,
  kbcliDefault,
  kbcliDefinitionText,
  kbcliFlags,
  kbcliRequired,
  kbcliSchema,
  kbcliTypeName,
  filesGet,
  filesGlob,
  hardCodedNamespace,
  neverRendered,
  swappedDefault,
  tplValue,
  unquoted,
  unusedHelper,
  ambiguousScalar,
  closedSchema,
  duplicateKey,
  noSchema,
  valuesSchema,
  unusedValue,
]
