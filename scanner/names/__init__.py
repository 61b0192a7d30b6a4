"""Names of people and postal addresses: word lists, what they say of the columns of tables, and rules and a small model for prose."""
