"""How kpibot talks: Slack listeners, settings and the command line."""
