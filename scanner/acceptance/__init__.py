"""The checks that every identifier must pass, built-in or custom: one file a check, each a pure function."""
