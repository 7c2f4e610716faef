
# Tells the operator how large the backup is.
printf '{"totalSize":"%s","manifests":{"backupTool":{"uploadTotalSize":"%s"}}}\n' "$(backup_size)" "$(backup_size)" >"$BACKUP_DIR/backup.info"
