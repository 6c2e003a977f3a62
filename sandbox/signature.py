"""How a request is signed, so that the bot can tell that it was sent from here.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import hmac
from hashlib import sha256


def signed(secret: str, moment: int, body: bytes) -> dict[str, str]:
    """Return the headers that sign a body at a moment, given in seconds."""
    base = b"v0:%d:%s" % (moment, body)
    code = hmac.new(secret.encode(), base, sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(moment), "X-Slack-Signature": f"v0={code}"}
