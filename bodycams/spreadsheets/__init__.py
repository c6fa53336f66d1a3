"""Tables as files for a spreadsheet: CSV, XLSX and ODS, made row by row, so that a long one takes no more memory than a
short one. What stands in a table, and who may have it, is asked elsewhere.
"""
