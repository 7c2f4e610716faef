set -eu
# The script that restores runs when the cluster does, in a job that is not told where the backup lies. Leave it a note.
printf '%s\n' "${BACKUP_DIR#"/$BACKUP_NAME"}" >"$VOLUME_DATA_DIR/.addonsmith-restore"
