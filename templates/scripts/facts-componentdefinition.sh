# shellcheck shell=sh
# Facts about this pod for the scripts beside this file. KubeBlocks {{kubeblocks}} gives them as variables when a container starts,
# so there is nothing to set here.
