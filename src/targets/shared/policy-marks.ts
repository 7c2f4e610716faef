/**
 * Marks by which operators up to 0.9 find the BackupPolicyTemplate of a ClusterDefinition, and take it for the default one (API.md 4.1).
 * With 0.9 templates of older charts are kept and have both marks too: each is for the definitions of its own chart, so none is in the way.
 */
export function policyMarks(addon: string): {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
} {
  return {
    labels: { 'clusterdefinition.kubeblocks.io/name': addon },
    annotations: { 'dataprotection.kubeblocks.io/is-default-policy-template': 'true' },
  }
}
