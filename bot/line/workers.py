"""How much is in hand at once, whatever the line."""

from __future__ import annotations

# A listener holds its place until its act is durable and acked.
WORKERS = 32
