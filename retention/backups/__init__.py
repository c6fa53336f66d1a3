"""Backups of the register, and putting one back. A backup holds the database and the documents of files; no recordings,
no keys and no passwords.

    manifest    what a backup consists of, and whether it still is what was written
    programs    pg_dump and pg_restore: which ones, and running them
    databases   other databases of the same server, beside the one that serves
    facts       what is counted in a database, so that its copy can be held against it
    documents   the files that people sent
    make        making one
    restore     putting one back
"""
