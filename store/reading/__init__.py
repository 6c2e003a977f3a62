"""How a value is read as people write it; the door is `store.values`."""
