/** Lifecycle actions in the order in which kbagent merges their env; the probe for roles comes last. release-1.0:pkg/controller/component/kbagent.go mergedActionEnv4KBAgent. */
export const EXEC_ACTIONS = [
  'postProvision',
  'preTerminate',
  'switchover',
  'memberJoin',
  'memberLeave',
  'readonly',
  'readwrite',
  'dataDump',
  'dataLoad',
  'reconfigure',
  'accountProvision',
  'roleProbe',
] as const
