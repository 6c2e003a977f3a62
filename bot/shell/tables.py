"""Tables that an operator brings: the file, and what its columns are said to be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reports.sheet.parcel import MOST_BYTES
from store.errors import BadInput


def table_in(file: Path) -> bytes:
    """The file's bytes, one more than are taken where there are more."""
    with file.open("rb") as there:
        return there.read(MOST_BYTES + 1)


def chosen_in(columns: Iterable[str]) -> dict[str, str]:
    """`指標名=事業指標` as role → heading. Raises BadInput for words of another form."""
    return dict(map(_chosen, columns))


def _chosen(said: str) -> tuple[str, str]:
    role, equals, heading = said.partition("=")
    if not (role.strip() and equals and heading.strip()):
        raise BadInput(
            "--column は `役割=見出し` の形で書いてください。例: `指標名=事業指標`", said
        )
    return role.strip(), heading.strip()
