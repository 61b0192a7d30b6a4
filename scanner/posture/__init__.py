"""Who can reach a bucket and how it is protected. Judgements are pure functions; only the collector talks to a store."""
