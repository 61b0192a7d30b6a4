"""Looks at a little of everything, day by day, and says of each bucket how sensitive it is and how sure that is."""
