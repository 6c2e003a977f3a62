"""The sandbox, tried with the real slack_bolt and slack_sdk against it."""
