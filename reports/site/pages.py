"""The files of a site: pages from templates, drawings, open data. Jinja2 is loaded when one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

from reports.charting.picture import Picture
from reports.site import opendata
from reports.site.model import IndicatorPage, Site, Verdict
from reports.site.slugs import slugs
from reports.site.words import GLOSSARY, OURS, RULES
from store.periods import day_in_era

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE = "style.css"
# What stands in the list at the top of every page.
SECTIONS = (
    ("index.html", "全体"),
    ("policies.html", "施策"),
    ("revisions.html", "計画の見直し"),
    ("data.html", "オープンデータ"),
    ("about.html", "このサイトについて"),
)


def files_of(site: Site, draw: Callable[[Picture], bytes]) -> Iterator[tuple[str, bytes]]:
    """Each file's path within the site and its bytes; `draw` makes the SVG of a picture.

    The same site gives the same bytes.
    """
    make = _templates(site)
    whole = {"tables": opendata.TABLES, "json_name": opendata.JSON_NAME}
    for name, _ in SECTIONS:
        about = {"rules": RULES[site.rule], "glossary": GLOSSARY, "ours": OURS}
        yield name, _page(make, name, **whole, **about)
    names = slugs("goal", [goal.id for goal in site.goals])
    for goal in site.goals:
        yield f"{names[goal.id]}.html", _page(make, "goal.html", goal=goal)
    named = slugs("indicator", [page.id for page in site.indicators])
    for page, before, after in _in_order(site.indicators):
        around = {"page": page, "before": before, "after": after}
        yield f"{named[page.id]}.html", _page(make, "indicator.html", **around)
        yield f"charts/{named[page.id]}.svg", draw(page.picture)
    yield from ((f"data/{name}", body) for name, body in opendata.files(site))
    yield STYLE, (resources("reports.site") / "templates" / STYLE).read_bytes()


def _templates(site: Site) -> Environment:
    """Templates that escape everything, and fail on a name that is not there."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # most of the bot does without

    made = Environment(
        loader=PackageLoader("reports.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["day"] = day_in_era
    made.globals |= {
        "site": site,
        "sections": SECTIONS,
        "goal_names": slugs("goal", [goal.id for goal in site.goals]),
        "indicator_names": slugs("indicator", [page.id for page in site.indicators]),
        "look": lambda verdict: _look(site, verdict),
    }
    return made


def _page(make: Environment, name: str, **more: Any) -> bytes:
    return make.get_template(name).render(here=name, **more).encode()


def _look(site: Site, verdict: Verdict) -> str:
    """The class of a verdict's badge: its rank among the plan's grades, `none` without one."""
    codes = [grade.code for grade in site.grades]
    return f"grade-{codes.index(verdict.code)}" if verdict.code in codes else "grade-none"


def _in_order(
    pages: tuple[IndicatorPage, ...],
) -> Iterator[tuple[IndicatorPage, IndicatorPage | None, IndicatorPage | None]]:
    """Each page with the one before it and the one after."""
    last = len(pages) - 1
    for n, page in enumerate(pages):
        yield page, pages[n - 1] if n else None, pages[n + 1] if n < last else None
