"""What happens between the bot and Slack: campaigns over the real sandbox process."""
