import { validationRules } from '../../operator/index.ts'
import type { ObjectRule, SourceRule } from '../rule.ts'
import mutableTag from './image/mutable-tag.ts'
import duplicateObject from './manifest/duplicate-object.ts'
import credentialPort from './reference/credential-port.ts'
import image from './reference/image.ts'
import script from './reference/script.ts'
import servicePort from './reference/service-port.ts'
import volume from './reference/volume.ts'
import agentBash from './script/agent-bash.ts'
import background from './script/background.ts'
import bashism from './script/bashism.ts'
import noTimeout from './script/no-timeout.ts'
import shebang from './script/shebang.ts'
import syntax from './script/syntax.ts'

/** All rules about rendered objects: what operators demand, and what else is a defect. Sorted by code. */
export const objectRules: readonly ObjectRule[] = [
  mutableTag,
  duplicateObject,
  credentialPort,
  image,
  script,
  servicePort,
  volume,
  agentBash,
  background,
  bashism,
  noTimeout,
  shebang,
  syntax,
  ...validationRules,
].sort((a, b) => (a.code < b.code ? -1 : 1))

/** All rules about the files of a chart, sorted by code. */
export const sourceRules: readonly SourceRule[] = []
