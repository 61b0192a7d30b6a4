"""Accuracy: a labelled corpus and a scorer; README.md says how it is kept."""
