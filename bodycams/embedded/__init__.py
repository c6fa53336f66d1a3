"""The commands in `script/`: everything that the application needs, on one machine, for a newcomer.

Here: making `.venv` (`bootstrap`), PostgreSQL and Valkey from wheels, web server, worker and beat under one
controller, the test suite and the doctor. Not here: anything of the application itself, and nothing that
production needs: there DATABASE_URL and REDIS_URL are set and the `Procfile` says what runs.

    server, manage, suite, doctor   the commands
    services                        which database and broker, and the environment that follows from it
    postgres, identity, valkey      the two servers, and as whom PostgreSQL runs
    supervisor, processes, signals  starting, watching, restarting and stopping programs
    home                            BODYCAMS_HOME: lock, secrets, ports, logs
"""
