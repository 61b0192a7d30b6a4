"""Outputs for data catalogues: which column of which dataset is how sensitive, in the form each of them imports."""
