"""The HTML report: one self-contained file for people."""
