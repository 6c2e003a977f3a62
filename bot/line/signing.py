"""Whether Slack signed a request, and not long ago. Whatever is no signature is simply a no.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import re
from hmac import compare_digest

from slack_sdk.signature import SignatureVerifier

# What Slack asks of us; a retry is signed anew.
OLDEST_SECONDS = 300
# Slack's clock may be ahead of ours by as much as the doctor lets ours be wrong.
AHEAD_SECONDS = 120
# Digits of a time that is in sight.
MOMENT = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_signed(secret: str, moment: str, signature: str, body: bytes, now: float) -> bool:
    """Tell whether `signature` is the secret's for this body at `moment`, and that is near `now`.

    The library's own check raises for a moment that is no number and a signature that is not ASCII,
    and takes what comes from the future.
    """
    if not MOMENT.fullmatch(moment):
        return False
    if not -AHEAD_SECONDS <= now - int(moment) <= OLDEST_SECONDS:
        return False
    try:
        expected = signature_of(secret, moment, body.decode())
    except UnicodeDecodeError:
        return False
    return compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def signature_of(secret: str, moment: str, body: str) -> str:
    """Return how Slack signs a body at a moment, given as seconds."""
    return str(SignatureVerifier(secret).generate_signature(timestamp=moment, body=body))
