# Generated for KubeBlocks {{kubeblocks}}: what the script below may use.
set -eu
{{#if hasNote}}
# The operator does not tell this job where the backup lies; the job before it left a note on the data volume.
BACKUP_DIR=/backupdata$(cat "$VOLUME_DATA_DIR/.addonsmith-restore")
{{else}}
# {{#if isBackup}}DB_HOST, {{/if}}BACKUP_DIR and BACKUP_NAME come from the operator.
{{/if}}
DATA_HOST=${DB_HOST:-}
DATA_DIR=$VOLUME_DATA_DIR
# all: this job visits every pod. one: there is a job for each pod.
BACKUP_PODS={{pods}}
export DATA_HOST DATA_DIR BACKUP_PODS

# backup_put NAME COMMAND [ARG...]: stores what COMMAND prints as NAME; NAME does not exist when COMMAND fails.
backup_put() {
  addonsmith_name=$1
  shift
  mkdir -p "$(dirname "$BACKUP_DIR/$addonsmith_name")"
  "$@" >"$BACKUP_DIR/$addonsmith_name.part" || {
    addonsmith_status=$?
    rm -f "$BACKUP_DIR/$addonsmith_name.part"
    return "$addonsmith_status"
  }
  mv "$BACKUP_DIR/$addonsmith_name.part" "$BACKUP_DIR/$addonsmith_name"
}

# backup_get NAME COMMAND [ARG...]: gives NAME to COMMAND as its input.
backup_get() {
  addonsmith_name=$1
  shift
  "$@" <"$BACKUP_DIR/$addonsmith_name"
}

# backup_list [PREFIX]: names of what is stored, one on a line.
backup_list() {
  [ -d "$BACKUP_DIR" ] || return 0
  (cd "$BACKUP_DIR" && find . -type f ! -name '*.part' ! -name backup.info) | sed 's|^\./||' | sort | while IFS= read -r addonsmith_name; do
    case $addonsmith_name in "${1:-}"*) printf '%s\n' "$addonsmith_name" ;; esac
  done
}

# backup_size: bytes stored.
backup_size() {
  backup_list '' | while IFS= read -r addonsmith_name; do wc -c <"$BACKUP_DIR/$addonsmith_name"; done | awk '{ sum += $1 } END { print sum + 0 }'
}

