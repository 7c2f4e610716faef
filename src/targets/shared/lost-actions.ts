import type { ActionName } from '../../model/addon.ts'

/** What comes of it when an action is not called. */
export const WITHOUT: Readonly<Record<ActionName, string>> = {
  postProvision: 'what it sets up has to be set up by hand, once for each cluster',
  preTerminate: 'whatever it cleans up outside of the cluster stays behind',
  switchover: 'the role is handed over by the means of the engine, when its pod stops',
  memberJoin: 'a new pod has to join by itself when it starts',
  memberLeave: 'a member that goes takes with it what it holds',
  dataDump: 'a new pod starts empty, and copies its data from the others by the means of the engine',
  dataLoad: 'a new pod starts empty, and copies its data from the others by the means of the engine',
  reconfigure: 'the engine has to notice changed files by itself, or is restarted',
  accountProvision: 'accounts that are not there from the start are made by hand',
}
