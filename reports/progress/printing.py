"""Every form that a report can be printed in. Each printer is loaded when first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, get_args

from reports.progress.model import Report
from store.fiscal import era

Format = Literal["pdf", "xlsx", "md", "csv", "json"]
_NO_NAME = re.compile(r"[^\w.-]")
FORMATS: tuple[Format, ...] = get_args(Format)


def printed(report: Report, format: Format) -> bytes:
    """The report as a file of this form."""
    return _PRINTERS[format](report)


def file_name(report: Report, format: Format) -> str:
    """`kitamoto-2-R6-report.pdf`, `kitamoto-1-whole.pdf`."""
    what = "whole" if report.kind == "whole" else f"{era(report.year)}-report"
    return f"{_NO_NAME.sub('-', report.plan.id)}-{what}.{format}"


def _md(report: Report) -> bytes:
    from reports.progress.markdown import markdown  # noqa: PLC0415

    return markdown(report)


def _csv(report: Report) -> bytes:
    from reports.progress.tidy import tidy_csv  # noqa: PLC0415

    return tidy_csv(report)


def _json(report: Report) -> bytes:
    from reports.progress.as_json import report_json  # noqa: PLC0415

    return report_json(report)


def _xlsx(report: Report) -> bytes:
    from reports.progress.book import workbook  # noqa: PLC0415

    return workbook(report)


def _pdf(report: Report) -> bytes:
    from reports.progress.paper import pdf  # noqa: PLC0415

    return pdf(report)


_PRINTERS: Mapping[Format, Callable[[Report], bytes]] = {
    "pdf": _pdf,
    "xlsx": _xlsx,
    "md": _md,
    "csv": _csv,
    "json": _json,
}
