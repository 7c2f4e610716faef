backup_get dump tiny load
