"""The campaigns that are commands of their own too, as lines of the torture."""

from __future__ import annotations

from collections.abc import Iterator

from tests.crash.lanes import CONTROLS as BROKEN_WAYS
from tests.crash.lanes import lanes
from tests.crash.steps import STEPS
from tests.faults.kinds import FAULTS
from tests.faults.running import LEDGER, suffering
from tests.histories.account import Watched
from tests.histories.broken import BROKEN
from tests.histories.living import folder, live_together
from tests.torture.campaign import Ask
from tests.torture.lines import Line, read_figures
from tests.years.account import Account
from tests.years.calendar import STORY
from tests.years.playing import four_years

OF_CONTROLS = 20
SANDBOXES = 4
TOWNS = 8


def posting(ask: Ask) -> Iterator[Line]:
    """Each fault of posting against so many messages; then ways that lose or double."""
    ways = {name: fault.control for name, fault in FAULTS.items() if fault.control}
    with suffering(ask.folder, SANDBOXES, ask.seed) as suffer:
        tolls = {name: suffer(name, LEDGER, ask.count) for name in FAULTS}
        careless = {name: suffer(name, way, OF_CONTROLS) for name, way in ways.items()}
        for name, toll in tolls.items():
            settled = "lost=0 doubled=0 unknown=0"
            left = "resent=0 unknown=asked operator_told=asked"
            must = f"messages=asked injected>=asked {settled if FAULTS[name].settled else left}"
            figures = {"unknown": toll.result().unknown, **read_figures(str(toll.result()))}
            yield Line("posting", ask.count, figures, must)
        for toll in careless.values():
            found = toll.result()
            figures = {"bitten": found.lost + found.doubled, **read_figures(str(found))}
            yield Line("posting control", OF_CONTROLS, figures, "bitten>0")


def histories(ask: Ask) -> Iterator[Line]:
    """So many random histories of outages, restarts and clock changes; then bots that are wrong."""
    clean = "doubled=0 missed_in_window=0 forgotten=0 out_of_hours=0 skipped_all_reported"
    with folder() as where:
        fates = live_together(Watched, where, ask.seed, ask.count)
        counted = {name.replace(" ", "_"): n for name, n in fates.counted.items()}
        yield Line("histories", ask.count, {**counted, **read_figures(str(fates))}, clean)
        for kind, given_away in BROKEN.items():
            fates = live_together(kind, where, ask.seed, OF_CONTROLS)
            figures = {"control": kind.__name__, **read_figures(str(fates))}
            yield Line("histories control", OF_CONTROLS, figures, f"{given_away}>0")


def years(ask: Ask) -> Iterator[Line]:
    """Four fiscal years in fast-forward, every message with the rule that caused it."""
    with four_years(ask.folder) as story:
        account = Account(story)
        figures = {"open_days": len(STORY), "messages": len(account.ledger), **account.wrong}
        must = "messages>1000 " + " ".join(f"{name}=0" for name in account.wrong)
        yield Line("years", ask.count, figures, must)


def kills(ask: Ask) -> Iterator[Line]:
    """The whole bot killed so many times at each step; then broken ways of working."""
    with lanes(ask.folder, TOWNS) as kill:
        tolls = {step: kill(step, ask.count, None) for step in STEPS}
        controls = {way: kill(step, ask.count, way) for way, (step, _) in BROKEN_WAYS.items()}
        for step, toll in tolls.items():
            acked = "acked>=0" if step == "digest:enqueued" else "acked>0"
            must = f"kills>=asked {acked} missing=0 doubled=0 half=0"
            yield Line("kills", ask.count, read_figures(str(toll.result())), must)
        for way, toll in controls.items():
            figures = {"control": way, **read_figures(str(toll.result()))}
            yield Line("kills control", ask.count, figures, f"{BROKEN_WAYS[way][1]}>=asked")
