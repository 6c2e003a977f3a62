"""How a verdict comes about, step by step; the door is `store.judge`."""
