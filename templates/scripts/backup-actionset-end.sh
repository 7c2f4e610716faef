
# Tells the operator how large the backup is.
printf '{"totalSize":"%s"}\n' "$(backup_size)" >"$DP_BACKUP_INFO_FILE"
