"""When kpibot speaks by itself, and how a message is delivered once."""
