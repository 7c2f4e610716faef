backup_put dump tiny dump
