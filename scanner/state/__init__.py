"""What outlives a run: objects seen, what was found in them, runs. One SQLite file; see docs/state.md."""
