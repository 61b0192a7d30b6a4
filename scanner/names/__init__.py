"""Names of people and postal addresses: word lists, and what they say of the columns of tables."""
