"""A site's folder: written beside the old one and put in its place as a whole.

A folder that holds anything kpibot did not make is never touched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import CannotRun

MARK = ".kpibot-site.json"
"""The file that says a folder is ours, and which files we made in it."""


def publish(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Put these files in the place of what the folder held; how many there are.

    The folder is made when it is not there. Raises CannotRun when it holds what is not ours.
    """
    place = folder.absolute()
    if place.is_symlink():
        place = place.resolve()
    refuse_strangers(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    _clear(place)
    with _beside(place) as new:
        names = sorted(_written(new, files))
        mark = {"made_by": "kpibot publish", "files": names}
        (new / MARK).write_text(json.dumps(mark, ensure_ascii=False, indent=1) + "\n", "utf-8")
        _swap(new, place)
    return len(names)


def refuse_strangers(folder: Path) -> None:
    """Raise CannotRun when there is something in the folder that a site of ours does not have."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CannotRun(f"{folder} はフォルダではありません。別の名前を指定してください。")
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir()}
    ours = _ours(folder)
    if there and ours is None:
        raise CannotRun(
            f"{folder} は空ではなく、kpibot が作ったサイトでもありません。"
            "中のものを消さないよう、何も書きませんでした。空のフォルダを指定してください。"
        )
    if strange := sorted(there - (ours or set()) - {MARK}):
        raise CannotRun(
            f"{folder} に kpibot が作っていないファイルがあります（{'、'.join(strange[:3])}）。"
            "ほかの場所に移してから、もう一度お試しください。"
        )


def _ours(folder: Path) -> set[str] | None:
    try:
        held = json.loads((folder / MARK).read_text("utf-8"))
        return {str(name) for name in held["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _clear(place: Path) -> None:
    """Remove what a making left beside the place when it was killed."""
    for left in place.parent.iterdir():
        found = re.fullmatch(rf"\.{re.escape(place.name)}\.(?:new|old)-([0-9]{{1,9}})", left.name)
        if found and not _runs(int(found[1])):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """A new folder beside the place, which is gone afterwards unless it was put there."""
    new = place.with_name(f".{place.name}.new-{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _written(new: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    for name, body in files:
        file = new / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        yield name


def _swap(new: Path, place: Path) -> None:
    """The old folder steps aside, the new one takes its name; if it cannot, the old one is back."""
    if not place.exists():
        new.rename(place)
        return
    shutil.copymode(place, new)
    old = place.with_name(f".{place.name}.old-{os.getpid()}")
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old)
