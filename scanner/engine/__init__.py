"""A run from its plan to its results: who does what, in which process, and what becomes of each object."""
