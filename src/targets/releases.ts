import type { Release } from './release.ts'

/** The KubeBlocks releases charts can be made for, oldest first. */
export const releases: readonly Release[] = [
  {
    version: '0.5',
    family: 'clusterdefinition',
    range: '>=0.5.0 <0.6.0',
    limits: { component: 18, configSpec: 59, configConstraint: 51, volume: 32 },
    backup: 'BackupTool',
    replicaCount: undefined,
  },
  {
    version: '0.6',
    family: 'clusterdefinition',
    range: '>=0.6.0 <0.7.0',
    limits: { component: 22, configSpec: 59, configConstraint: 51, volume: 63 },
    backup: 'BackupTool',
    replicaCount: 'KB_REPLICA_COUNT',
  },
  {
    version: '0.7',
    family: 'clusterdefinition',
    range: '>=0.7.0 <0.8.0',
    limits: { component: 22, configSpec: 59, configConstraint: 51, volume: 63 },
    backup: 'ActionSet',
    replicaCount: 'KB_REPLICA_COUNT',
  },
  {
    version: '0.8',
    family: 'clusterdefinition',
    range: '>=0.8.0 <0.9.0',
    limits: { component: 22, configSpec: 59, configConstraint: 51, volume: 63 },
    backup: 'ActionSet',
    replicaCount: 'KB_REPLICA_COUNT',
  },
  {
    version: '0.9',
    family: 'componentdefinition',
    range: '>=0.9.0 <1.0.0',
    api: 'v1alpha1',
    needsApiVersionAnnotation: false,
    parameters: 'ConfigConstraint',
    passwordPolicy: 'passwordGenerationPolicy',
  },
  {
    version: '1.0',
    family: 'componentdefinition',
    range: '>=1.0.0 <1.1.0',
    api: 'v1',
    needsApiVersionAnnotation: true,
    parameters: 'ParamConfigRenderer',
    passwordPolicy: 'passwordGenerationPolicy',
  },
  {
    version: '1.1',
    family: 'componentdefinition',
    range: '>=1.1.0 <1.2.0',
    api: 'v1',
    needsApiVersionAnnotation: true,
    parameters: 'ParamConfigRenderer',
    passwordPolicy: 'passwordConfig',
  },
]
