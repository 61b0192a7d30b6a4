"""Person names and mailing addresses in prose: a gate, rules and a small model."""
