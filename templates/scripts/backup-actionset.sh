# Generated for KubeBlocks {{kubeblocks}}: what the script below may use.
set -eu
# DP_DB_HOST, DP_BACKUP_BASE_PATH and DP_BACKUP_INFO_FILE come from the operator, datasafed stores files in the backup's repository.
PATH=$PATH:$DP_DATASAFED_BIN_PATH
DATASAFED_BACKEND_BASE_PATH=$DP_BACKUP_BASE_PATH
DATA_HOST=${DP_DB_HOST:-}
# all: this job visits every pod. one: there is a job for each pod.
BACKUP_PODS={{pods}}
export PATH DATASAFED_BACKEND_BASE_PATH DATA_HOST BACKUP_PODS
# Exists when a command failed on the other side of a pipe.
addonsmith_failed=${TMPDIR:-/tmp}/addonsmith-failed-$$
{{#if isBackup}}

# The container that reports the size waits for a file; this one ends it when there will be none.
addonsmith_end() {
  addonsmith_status=$?
  [ "$addonsmith_status" = 0 ] || : >"$DP_BACKUP_INFO_FILE.exit"
  exit "$addonsmith_status"
}
trap addonsmith_end EXIT
{{/if}}

# backup_put NAME COMMAND [ARG...]: stores what COMMAND prints as NAME; NAME does not exist when COMMAND fails.
backup_put() {
  addonsmith_name=$1
  shift
  rm -f "$addonsmith_failed"
  if { "$@" || : >"$addonsmith_failed"; } | datasafed push - "/$addonsmith_name" && [ ! -e "$addonsmith_failed" ]; then
    return 0
  fi
  rm -f "$addonsmith_failed"
  datasafed rm "/$addonsmith_name" >/dev/null 2>&1 || :
  return 1
}

# backup_get NAME COMMAND [ARG...]: gives NAME to COMMAND as its input; fails when NAME cannot be read to its end, too.
backup_get() {
  addonsmith_name=$1
  shift
  rm -f "$addonsmith_failed"
  addonsmith_status=0
  { datasafed pull "/$addonsmith_name" - || : >"$addonsmith_failed"; } | "$@" || addonsmith_status=$?
  [ ! -e "$addonsmith_failed" ] || addonsmith_status=1
  rm -f "$addonsmith_failed"
  return "$addonsmith_status"
}

# backup_list [PREFIX]: names of what is stored, one on a line. A folder that nobody wrote to does not exist.
backup_list() {
  { datasafed list -f --recursive / || :; } | sed 's|^/*||' | sort | while IFS= read -r addonsmith_name; do
    case $addonsmith_name in "${1:-}"*) printf '%s\n' "$addonsmith_name" ;; esac
  done
}

# backup_size: bytes stored{{#if hasFolderPerPod}}, by the jobs of all pods{{/if}}.
backup_size() {
  {{#if hasFolderPerPod}}DATASAFED_BACKEND_BASE_PATH=${DP_BACKUP_BASE_PATH%/*} {{/if}}datasafed stat / | awk '/TotalSize/ { size = $2 } END { print size + 0 }'
}

