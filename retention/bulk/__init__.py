"""Made-up recordings, for measuring and testing: any number of them, by statements over sets of rows."""
