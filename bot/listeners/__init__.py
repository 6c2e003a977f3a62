"""The visible list of what the bot listens to."""
