import type { ActionName } from '../../model/addon.ts'

/** Actions that the operator calls once each, as opposed to the probe. */
export type CalledAction = ActionName | 'shardAdd' | 'shardRemove'

const pod = (name: string) => `\${${name}:-}`
const fqdn = (name: string) => `\${${name}:+$${name}.$KB_CLUSTER_COMP_NAME-headless.$KB_NAMESPACE.svc}`

const ACCOUNT = {
  ACCOUNT_NAME: pod('KB_ACCOUNT_NAME'),
  ACCOUNT_PASSWORD: pod('KB_ACCOUNT_PASSWORD'),
  ACCOUNT_STATEMENT: pod('KB_ACCOUNT_STATEMENT'),
}

/** What the operator tells an action (API.md 5.3): the descriptor's variable, and the shell word that gives it. */
export const ACTION_VARIABLES: Readonly<Record<'v1alpha1' | 'v1', Partial<Readonly<Record<CalledAction, Readonly<Record<string, string>>>>>>> = {
  v1alpha1: {
    memberJoin: { JOIN_POD_NAME: pod('KB_NEW_MEMBER_POD_NAME'), JOIN_POD_FQDN: fqdn('KB_NEW_MEMBER_POD_NAME') },
    memberLeave: { LEAVE_POD_NAME: pod('KB_LEAVE_MEMBER_POD_NAME'), LEAVE_POD_FQDN: fqdn('KB_LEAVE_MEMBER_POD_NAME') },
    switchover: {
      SWITCHOVER_CANDIDATE_NAME: pod('KB_SWITCHOVER_CANDIDATE_NAME'),
      SWITCHOVER_CANDIDATE_FQDN: pod('KB_SWITCHOVER_CANDIDATE_FQDN'),
      SWITCHOVER_CURRENT_NAME: pod('KB_LEADER_POD_NAME'),
      SWITCHOVER_CURRENT_FQDN: pod('KB_LEADER_POD_FQDN'),
    },
    accountProvision: ACCOUNT,
  },
  v1: {
    memberJoin: { JOIN_POD_NAME: pod('KB_JOIN_MEMBER_POD_NAME'), JOIN_POD_FQDN: pod('KB_JOIN_MEMBER_POD_FQDN') },
    memberLeave: { LEAVE_POD_NAME: pod('KB_LEAVE_MEMBER_POD_NAME'), LEAVE_POD_FQDN: pod('KB_LEAVE_MEMBER_POD_FQDN') },
    switchover: {
      SWITCHOVER_CANDIDATE_NAME: pod('KB_SWITCHOVER_CANDIDATE_NAME'),
      SWITCHOVER_CANDIDATE_FQDN: pod('KB_SWITCHOVER_CANDIDATE_FQDN'),
      SWITCHOVER_CURRENT_NAME: pod('KB_SWITCHOVER_CURRENT_NAME'),
      SWITCHOVER_CURRENT_FQDN: pod('KB_SWITCHOVER_CURRENT_FQDN'),
    },
    accountProvision: ACCOUNT,
  },
}
