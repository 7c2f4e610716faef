import { validationRules } from '../../operator/index.ts'
import type { ObjectRule, SourceRule } from '../rule.ts'
import mutableTag from './image/mutable-tag.ts'
import configMapData from './manifest/config-map-data.ts'
import configMapSize from './manifest/config-map-size.ts'
import duplicateObject from './manifest/duplicate-object.ts'
import credentialPort from './reference/credential-port.ts'
import image from './reference/image.ts'
import script from './reference/script.ts'
import servicePort from './reference/service-port.ts'
import volume from './reference/volume.ts'

/** All rules about rendered objects: what operators demand, and what else is a defect. Sorted by code. */
export const objectRules: readonly ObjectRule[] = [
  mutableTag,
  configMapData,
  configMapSize,
  duplicateObject,
  credentialPort,
  image,
  script,
  servicePort,
  volume,
  ...validationRules,
].sort((a, b) => (a.code < b.code ? -1 : 1))

/** All rules about the files of a chart, sorted by code. */
export const sourceRules: readonly SourceRule[] = []
