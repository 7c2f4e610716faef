import type { Rule } from '../rule.ts'
import mutableTag from './image/mutable-tag.ts'
import duplicateObject from './manifest/duplicate-object.ts'
import noNamespace from './manifest/no-namespace.ts'
import backupTool from './reference/backup-tool.ts'
import clusterDefinition from './reference/cluster-definition.ts'
import component from './reference/component.ts'
import configConstraint from './reference/config-constraint.ts'
import configMap from './reference/config-map.ts'
import credentialPort from './reference/credential-port.ts'
import image from './reference/image.ts'
import script from './reference/script.ts'
import servicePort from './reference/service-port.ts'
import volume from './reference/volume.ts'

/** All rules, sorted by code. */
export const rules: readonly Rule[] = [
  mutableTag,
  duplicateObject,
  noNamespace,
  backupTool,
  clusterDefinition,
  component,
  configConstraint,
  configMap,
  credentialPort,
  image,
  script,
  servicePort,
  volume,
]
