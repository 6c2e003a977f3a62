"""Commands of the shell, one module each."""
