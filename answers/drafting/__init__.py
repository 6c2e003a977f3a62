"""A plan file's first draft, out of a list of indicators; what the list does not say stays a gap."""
