"""The demo catalogue's generator: tables in, invented songs out. `generate.py` writes the files."""
