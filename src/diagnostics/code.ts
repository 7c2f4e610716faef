import type { ChartCode } from './codes/chart.ts'
import type { DescriptorCode } from './codes/descriptor.ts'

/** The permanent name of a kind of finding, `area/name`. A code without its text in the catalogue does not compile. */
export type Code = DescriptorCode | ChartCode
