import type { Action, Component } from '../../model/addon.ts'

/**
 * Whether a job can run an action: its scripts are mounted where the first container of the pod has them
 * (release-0.9:controllers/apps/operations/switchover_util.go renderSwitchoverCmdJob).
 */
export function canRunInJob({ scripts, containers }: Component, { run }: Action): boolean {
  return run.kind === 'exec' || containers[0]?.mounts.some(({ volume }) => volume === scripts?.volume) === true
}
