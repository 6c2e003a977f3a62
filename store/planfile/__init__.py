"""How a plan file is checked; the doors are `store.plan_file` and `store.plan_diff`."""
