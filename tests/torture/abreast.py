"""Campaigns a few at once, each in a process of its own; those that measure time one after another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from bot.logs import log_to_stderr
from tests.torture.campaign import Campaign
from tests.torture.campaigns import CAMPAIGNS
from tests.torture.lines import Line

OWN = multiprocessing.get_context("spawn")


def abreast(names: Sequence[str], share: float, seed: int, lanes: int) -> Iterator[Line]:
    """The lines of these campaigns, so many at once where none measures time; as they end."""
    chosen = [CAMPAIGNS[name] for name in names]
    together = [each for each in chosen if lanes > 1 and not each.timed]
    with ThreadPoolExecutor(lanes) as pool:
        going = [pool.submit(_elsewhere, each, share, seed) for each in together]
        for ended in as_completed(going):
            yield from ended.result()
    for each in chosen:
        if each not in together:
            yield from each.lines(each.share(share), seed)


def _elsewhere(campaign: Campaign, share: float, seed: int) -> list[Line]:
    """Its lines, from another process; a process that dies is a line that does not read as it must."""
    try:
        with ProcessPoolExecutor(1, OWN, log_to_stderr, ("CRITICAL",)) as process:
            return process.submit(_lines, campaign.name, share, seed).result()
    except BrokenProcessPool:
        return [Line(campaign.name, campaign.share(share), {"failed": "died"}, "failed=no")]


def _lines(name: str, share: float, seed: int) -> list[Line]:
    campaign = CAMPAIGNS[name]
    return list(campaign.lines(campaign.share(share), seed))
