"""The labelled columns: `locked.txt`, never tuned on, and `open.txt`."""
