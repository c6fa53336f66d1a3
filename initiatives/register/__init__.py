"""The register (S0-23): which initiatives somebody asks for (`asked.py`, `finding.py`), the selections that people save
(`saved.py`), a row on the page (`rows.py`) and the register as a file (`exports.py`).
"""
