"""A Slack to try a bot in: Web API, Socket Mode and a page, on loopback only."""
