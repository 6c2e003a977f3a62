"""The control API: a person's hands and eyes, for the page, for tests and for scripts."""
