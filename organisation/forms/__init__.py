"""The shape of what is typed about people, units, tokens and the journal. Whether it is allowed is for the services."""
