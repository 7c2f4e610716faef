export { resolveDependencies } from './dependencies.ts'
export { findSubjects, type SubjectPath } from './find.ts'
export { type ChartFiles, readChartArchive, readChartFolder } from './read-chart.ts'
export { stageChart, withoutDependencies } from './stage.ts'
