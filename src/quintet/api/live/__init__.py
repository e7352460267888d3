"""Songs of the world outside, beside the catalogue: found while a listener types, looked up when chosen.

`songs` finds and looks up, `asking` bounds how long anybody waits, `cache` remembers, `mixing` puts what was
found behind the catalogue's own. Sources are asked through ports; the model places what was looked up.
"""
