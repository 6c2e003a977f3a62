"""The stages of the yearly cycle as they are announced: when, to whom, and in which words."""
