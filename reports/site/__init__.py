"""The published site: from a plan as the public may see it to a folder of pages that need no server."""
