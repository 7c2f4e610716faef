export { resolveDependencies } from './dependencies.ts'
export { findSubjects, type SubjectPath } from './find.ts'
export { type ChartFiles, type ReadPackage, readChartArchive, readChartFolder, readPackage } from './read-chart.ts'
export { stageChart, withoutDependencies } from './stage.ts'
