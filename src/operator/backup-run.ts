/** A backup that is made or restored. */
export interface BackupRun {
  readonly name: string
  /** Name of the method; 0.5 and 0.6 know `datafile` and `logfile`. */
  readonly method: string
  /** Path below the repository, without the backup's name; what the operator makes of cluster, uid and component when not given. */
  readonly pathPrefix?: string
  /** How long the backup is kept. */
  readonly retention?: string
  /** Parameters of the backup or restore, from 0.9 on. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** Which part of a restore: before the cluster's pods start (on their volumes), or when they run. */
export type RestorePhase = 'before' | 'running'

/** A method of a backup template, with the object that says how, and what it looks at. */
export interface Method {
  readonly policy: unknown
  readonly method: unknown
  readonly tool: unknown
  readonly target: unknown
  readonly strategy: 'Any' | 'All'
}
