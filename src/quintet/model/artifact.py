"""The model as a folder of data files: written, checked, memory-mapped; no pickle."""
