"""The bot killed with SIGKILL at each step of its work: nothing acknowledged is lost, nothing doubled.

Slack's stand-in runs in a process of its own and survives; its record of acks and messages is
compared with the database. `python -m tests.crash --times 20` runs the full count.
"""
