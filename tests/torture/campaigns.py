"""Every campaign of the torture: what it does, its whole count, and its share of `make test`."""

from __future__ import annotations

from tests.bot.authority_campaign import authority
from tests.bot.authority_table import CELLS
from tests.forgery.campaign import forged
from tests.fuzz.campaign import files, talking
from tests.torture import earlier
from tests.torture.campaign import Campaign
from tests.torture.file.backups import backups
from tests.torture.file.full_disk import full_disk
from tests.torture.file.io_faults import io_faults
from tests.torture.file.locked import locked
from tests.torture.file.migrating import migrating
from tests.torture.file.opens import opens
from tests.torture.file.power_cuts import power_cuts
from tests.torture.file.threads import threads
from tests.torture.wire.bursts import bursts
from tests.torture.wire.day import day
from tests.torture.wire.duplicates import duplicates
from tests.torture.wire.mishaps import mishaps
from tests.torture.wire.outages import outages
from tests.torture.wire.silence import silence
from tests.torture.wire.stopping import hanging, stopping
from tests.torture.wire.storms import storms
from tests.torture.wire.two_at_once import two_at_once

# These have tests of their own.
EARLIER = (
    Campaign("histories", "random outages, restarts, clocks", 1000, 0, earlier.histories),
    Campaign(
        "kills", "kill −9 of the whole bot at each step", 20, 0, earlier.kills, in_memory=True
    ),
    Campaign(
        "posting",
        "each fault of posting, so many messages",
        100,
        0,
        earlier.posting,
        in_memory=True,
    ),
    Campaign("years", "four fiscal years in fast-forward", 1, 0, earlier.years, in_memory=True),
)

# What happens to the database file.
FILE = (
    Campaign(
        "io-faults",
        "the n-th write, sync or truncation fails",
        full=700,
        in_tests=8,
        run=io_faults,
        in_memory=True,
        needs_compiler=True,
    ),
    Campaign(
        "power-cuts",
        "the power goes: un-synced writes are lost or torn",
        full=3000,
        in_tests=20,
        run=power_cuts,
        in_memory=True,
        needs_compiler=True,
    ),
    Campaign("threads", "eight threads read, then write", 100_000, 400, threads, timed=True),
    Campaign(
        "backups", "copies and restores while the file is written to", 100, 4, backups, timed=True
    ),
    Campaign("locked", "another process holds the file for six seconds", 50, 0, locked, timed=True),
    Campaign("full-disk", "the disk is full, then has room again", 20, 1, full_disk, timed=True),
    Campaign(
        "migrating",
        "an upgrade is killed, or done twice at once",
        300,
        3,
        migrating,
        in_memory=True,
    ),
    Campaign(
        "opens",
        "every path with files, watched for who opens the database",
        3,
        0,
        opens,
        in_memory=True,
    ),
    Campaign(
        "forgery", "history is altered behind the bot's back", 1000, 0, forged, in_memory=True
    ),
)

# What happens between the bot and Slack.
WIRE = (
    Campaign(
        "duplicates",
        "envelopes up to three times, shuffled; reconnects",
        full=10_000,
        in_tests=20,
        run=duplicates,
        in_memory=True,
    ),
    Campaign(
        "stopping",
        "SIGTERM with up to twenty in flight",
        100,
        1,
        stopping,
        in_memory=True,
        timed=True,
    ),
    Campaign("mishaps", "listeners that fail at every point", 1000, 20, mishaps, in_memory=True),
    Campaign(
        "silence", "lines that fall silent or break", 100, 0, silence, in_memory=True, timed=True
    ),
    Campaign("outages", "ten minutes without a line", 10, 0, outages, in_memory=True, timed=True),
    Campaign("bursts", "200 commands a second, 20 slow forms", 20, 0, bursts, timed=True),
    Campaign("two-at-once", "two bots on one folder", 100, 2, two_at_once, in_memory=True),
    Campaign(
        "storms", "429 with any Retry-After, and 5xx", 500, 0, storms, in_memory=True, timed=True
    ),
    Campaign("day", "a day of a city hall, each fault at 1 %", 20_000, 0, day, in_memory=True),
    Campaign(
        "hanging", "SIGTERM while Slack does not answer", 5, 0, hanging, in_memory=True, timed=True
    ),
)

# Whatever can be typed, sent, forged or put into a file.
INPUT: tuple[Campaign, ...] = (
    Campaign("fuzz-slack", "envelopes with anything in them, to each entry", 100_000, 0, talking),
    Campaign("fuzz-files", "texts, files and settings, each changed", 100_000, 0, files),
    Campaign(
        "authority",
        "each act in each role, by every command, button, form, file and message",
        full=len(CELLS),
        in_tests=0,
        run=authority,
        in_memory=True,
    ),
)

CAMPAIGNS: dict[str, Campaign] = {each.name: each for each in (*EARLIER, *FILE, *WIRE, *INPUT)}
