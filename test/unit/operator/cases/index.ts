import { actions } from './actions.ts'
import { backups } from './backups.ts'
import type { Case } from './case.ts'
import { clusters } from './clusters.ts'
import { definitions } from './definitions.ts'
import { operations } from './operations.ts'
import { parameters } from './parameters.ts'
import { requests } from './requests.ts'
import { templates } from './templates.ts'
import { topologies } from './topologies.ts'
import { versions } from './versions.ts'
import { webhook } from './webhook.ts'

/** What each rule of an operator finds wrong, and what not. */
export const cases: readonly Case[] = [
  ...actions,
  ...backups,
  ...clusters,
  ...definitions,
  ...operations,
  ...parameters,
  ...requests,
  ...templates,
  ...topologies,
  ...versions,
  ...webhook,
]
