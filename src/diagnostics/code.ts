import type { ChartCode } from './codes/chart.ts'
import type { DescriptorCode } from './codes/descriptor.ts'
import type { PackageCode } from './codes/package.ts'
import type { RepositoryCode } from './codes/repository.ts'

/** The permanent name of a kind of finding, `area/name`. A code without its text in the catalogue does not compile. */
export type Code = DescriptorCode | ChartCode | PackageCode | RepositoryCode
