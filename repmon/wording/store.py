"""What the database and its upkeep say."""

SENTENCES: dict[str, str] = {
    "already_running": "another repmon (process {pid}) is already running on {database}; stop it first",
    "database_corrupt": "the database file is damaged and was left as it is; keep it, and restore a backup",
    "database_locked": "the database was busy for too long; try again in a moment",
    "database_newer": "the database was made by a newer repmon (schema {found}, this one knows {ours}); upgrade repmon",
    "database_read_only": "the database is read-only: check the rights of the file and its folder",
    "database_unreachable": "the database cannot be opened: check [storage] url, and that the folder exists",
    "driver_missing": "PostgreSQL needs its driver: install repmon with `pip install 'repmon[postgres]'`",
    "disk_error": "the disk reported an error while the database was written; check the disk",
    "disk_full": "the disk is full; nothing was lost, and repmon goes on as soon as there is room",
    "migration_failed": "the database could not be brought to this version, and was left as it was: {reason}",
    "source_name_taken": "there is a source named {name} already, with reviews of its own",
    "source_unknown": "there is no source named {name}; see `repmon sources`",
    "step_stumbled": "repmon stumbled over this review while it was to {step} it ({problem}); please report it",
    "step_stumbled_plain": "repmon stumbled over this review while it was to {step} it; please report it",
    "storage_needs_a_file": "[storage] url must name a file; an in-memory database forgets everything",
}
