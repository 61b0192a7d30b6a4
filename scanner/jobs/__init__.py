"""Scans that are defined once and run again: what a job is, when it falls due, what became of its runs."""
