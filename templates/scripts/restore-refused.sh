# A restore that does nothing would leave an empty cluster that looks restored.
echo 'KubeBlocks {{kubeblocks}} cannot restore this backup: its restore needs the running cluster, and is never called' >&2
exit 1
