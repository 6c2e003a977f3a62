"""Digests: when a channel gets one, and what it says."""
