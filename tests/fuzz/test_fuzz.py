"""A small share of the fuzz: every entry, whatever is thrown at it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.reading import READING, outcome
from tests.fuzz.talking import TALKING
from tests.fuzz.throwing import pings, throw, thrown_at

OF_FILES = 40
OF_ENVELOPES = 48


@pytest.mark.parametrize("entry", READING)
def test_what_is_in_a_file_is_read_or_refused_in_a_sentence(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    chance = Random(entry)
    came = {outcome(READING[entry], chance) for _ in range(OF_FILES)}
    assert came <= {"read", "refused"}


def test_what_is_sent_is_acked_and_does_no_harm(tmp_path: Path) -> None:
    """One office for all entries."""
    with thrown_at(tmp_path) as (office, witness):
        came = throw(office, witness, tuple(TALKING), OF_ENVELOPES, seed=5)
        assert came == {"acked": OF_ENVELOPES * len(TALKING)}


def test_a_ping_is_seen_where_slack_would_ping() -> None:
    assert pings({"blocks": [{"type": "mrkdwn", "text": "<!channel>"}]})
    assert not pings({"blocks": [{"type": "plain_text", "text": "<!channel>"}]})
    assert not pings({"text": "&lt;!channel&gt;"})
