"""Names and addresses: where the word lists come from, and how well tables are judged."""
