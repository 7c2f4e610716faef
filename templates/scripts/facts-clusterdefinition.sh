# shellcheck shell=sh disable=SC2034 # read by the scripts that source it
# Facts about this pod for the scripts beside this file; source it, and source it again to read what may have changed.
# Generated for KubeBlocks {{kubeblocks}}.
{{#each replicas}}

{{#if fromFile}}
# Wanted number of replicas, kept up to date by the kubelet; empty while it cannot be read.
{{name}}=$(cat "/etc/annotations/component-replicas" 2>/dev/null) || {{name}}=
{{else}}
# Wanted number of replicas when the container started.
{{name}}=${KB_REPLICA_COUNT:-}
{{/if}}
{{/each}}
{{#if countsPods}}

# The number of pods. A count that is out of date leaves a pod out, so the largest count known wins.
addonsmith_count=$((${KB_POD_NAME##*-} + 1))
for addonsmith_known in "${KB_REPLICA_COUNT:-}" "$(cat "/etc/annotations/component-replicas" 2>/dev/null)"; do
  case $addonsmith_known in
    '' | *[!0-9]*) ;;
    *) [ "$addonsmith_known" -le "$addonsmith_count" ] || addonsmith_count=$addonsmith_known ;;
  esac
done
{{/if}}
{{#each podLists}}

# Names of all pods in the order of their ordinals, separated by commas.
addonsmith_names=
addonsmith_ordinal=0
while [ "$addonsmith_ordinal" -lt "$addonsmith_count" ]; do
  addonsmith_names="${addonsmith_names:+$addonsmith_names,}${KB_CLUSTER_COMP_NAME}-$addonsmith_ordinal{{domain}}"
  addonsmith_ordinal=$((addonsmith_ordinal + 1))
done
{{name}}=$addonsmith_names
{{/each}}
{{#each clusterUid}}

# The uid of the cluster. In 0.5 the name of its variable holds the component's, often with dashes, which shells leave out of their variables.
{{name}}=${KB_CLUSTER_UID:-$(tr '\000' '\n' 2>/dev/null <"/proc/$$/environ" | sed -n 's/^KB_.*_CLUSTER_UID=//p' | head -n 1)}
{{/each}}
