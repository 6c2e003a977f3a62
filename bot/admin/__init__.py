"""`/kpi-admin`: the planning section's pages."""
