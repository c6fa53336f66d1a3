"""What is run from outside. Of these the house itself uses one: the auditors' check of the journal."""
