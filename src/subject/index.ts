export { type MissingDependency, resolveDependencies } from './dependencies.ts'
export { findSubjects, type SubjectPath } from './find.ts'
export { type ChartFiles, type ReadProblem, readChartArchive, readChartFolder } from './read-chart.ts'
export { type StagedChart, stageChart, withoutDependencies } from './stage.ts'
