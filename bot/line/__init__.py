"""How Slack reaches the bot: over a socket that the bot opens, or by requests to an address of its own."""
