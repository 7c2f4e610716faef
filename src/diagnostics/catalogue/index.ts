import type { Code } from '../code.ts'
import { addonObjectEntries } from './addon-object.ts'
import { apiEntries } from './api.ts'
import { chartEntries } from './chart.ts'
import { clusterEntries } from './cluster.ts'
import { componentEntries } from './component.ts'
import { descriptorEntries } from './descriptor.ts'
import type { CatalogueEntry } from './entry.ts'
import { kbcliEntries } from './kbcli.ts'
import { packageEntries } from './package.ts'
import { referenceEntries } from './reference.ts'
import { repositoryEntries } from './repository.ts'
import { scriptEntries } from './script.ts'
import { sourceEntries } from './source.ts'
import { supplyEntries } from './supply.ts'
import { targetEntries } from './target.ts'
import { writeEntries } from './write.ts'

export type { CatalogueEntry } from './entry.ts'

/** Every code with its text; `docs/diagnostics.md` is generated from here. */
export const catalogue: Readonly<Record<Code, CatalogueEntry>> = {
  ...descriptorEntries,
  ...targetEntries,
  ...chartEntries,
  ...apiEntries,
  ...clusterEntries,
  ...componentEntries,
  ...supplyEntries,
  ...addonObjectEntries,
  ...referenceEntries,
  ...sourceEntries,
  ...kbcliEntries,
  ...scriptEntries,
  ...packageEntries,
  ...writeEntries,
  ...repositoryEntries,
}
