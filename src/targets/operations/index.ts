import type { Chart, ChartFile, Value } from '../../model/chart.ts'
import type { Lowering } from '../release.ts'
import { backup } from './backup.ts'
import { clusters } from './clusters.ts'
import { type Example, exampleFile } from './example.ts'
import { expose } from './expose.ts'
import { reconfigure } from './reconfigure.ts'
import { running } from './running.ts'
import { scaling } from './scaling.ts'
import { subjectOf } from './subject.ts'
import { upgrade } from './upgrade.ts'

/** Clusters and what is done to them from the second day on, each in a file to apply, in the order in which they follow from one another. */
export function examplesOf(lowering: Lowering, values: readonly Value[]): readonly Example[] {
  const subject = subjectOf(lowering, values)
  return [clusters, scaling, reconfigure, running, expose, backup, upgrade].flatMap((part) => part(subject))
}

/** The folder `examples/` of a cluster chart. */
export function exampleFiles(lowering: Lowering, values: Chart['values']): readonly ChartFile[] {
  return examplesOf(lowering, values).map(exampleFile)
}
