"""Values that were approved and changed: gathered for an hour, then told together."""
