"""A site's folder: swapped in whole, and never at the cost of anything that is not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.site.folder import MARK, publish
from store.errors import CannotRun

ONE = [("index.html", b"one"), ("charts/a.svg", b"<svg/>")]
TWO = [("index.html", b"two")]


def there(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """As a whole: what is no longer made is gone, and nothing is left beside it."""
    folder = tmp_path / "public" / "site"
    assert publish(folder, ONE) == 2
    assert there(folder) == {"index.html", "charts/a.svg", MARK}
    assert publish(folder, TWO) == 1
    assert there(folder) == {"index.html", MARK}
    assert (folder / "index.html").read_bytes() == b"two"
    assert [each.name for each in folder.parent.iterdir()] == ["site"]


def test_an_empty_folder_is_taken_with_its_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir(mode=0o750)
    publish(folder, ONE)
    assert folder.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("stranger", ["mine.txt", "charts/mine.svg", ".htaccess"])
def test_what_is_not_ours_is_never_touched(tmp_path: Path, stranger: str) -> None:
    """Neither in a folder of somebody else's, nor beside what we made."""
    other = tmp_path / "other"
    file = other / stranger
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(CannotRun, match="空ではなく"):
        publish(other, ONE)
    ours = tmp_path / "ours"
    publish(ours, ONE)
    (ours / stranger).write_text("mine")
    with pytest.raises(CannotRun, match="作っていないファイル"):
        publish(ours, TWO)
    assert file.read_text() == (ours / stranger).read_text() == "mine"
    assert (ours / "index.html").read_bytes() == b"one"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CannotRun, match="フォルダではありません"):
        publish(tmp_path / "file", ONE)


def test_a_making_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    """Nothing half made is seen, and nothing is left beside it."""

    def breaks() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"half"
        raise RuntimeError("no font")

    publish(tmp_path / "site", ONE)
    with pytest.raises(RuntimeError):
        publish(tmp_path / "site", breaks())
    assert (tmp_path / "site" / "index.html").read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_making_left_is_cleared_away(tmp_path: Path) -> None:
    """Of a process that is no more; whoever is at it now is left alone, and so is what is not ours."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    kept = {f".site.new-{os.getppid()}", ".site.new-mine", ".other.new-1"}
    for name in (f".site.new-{ended.pid}", f".site.old-{ended.pid}", *kept):
        (tmp_path / name).mkdir()
    publish(tmp_path / "site", ONE)
    assert {each.name for each in tmp_path.iterdir()} == {"site", *kept}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """So that a web server's way in does not change."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    publish(tmp_path / "link", ONE)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "index.html").read_bytes() == b"one"
