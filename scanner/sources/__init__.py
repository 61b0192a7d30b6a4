"""Where objects come from: one file a store, named in `scanner.sources.registry`."""
