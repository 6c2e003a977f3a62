"""`kpibot backup` and `kpibot restore`: a verified copy of the database, and the way back."""

from __future__ import annotations

from pathlib import Path

import click
from sqlite_utils import Database

from bot.shell.context import DATABASE, Shell
from bot.shell.history import examine, named, whole
from schedules import memory
from store import meta, outbox
from store.backup import COPIES, back_up
from store.backup_notes import note_of
from store.db import writing
from store.errors import BadInput, CannotRun
from store.examining import Examined
from store.holding import only_one
from store.left_out import left_out
from store.restoring import put_back


@click.command(help="データベースを1つのファイルに保存し、確かめる。動かしたままでよい")
@click.option(
    "--out", type=click.Path(path_type=Path), help="保存先（既定はデータフォルダの backups/）"
)
@click.pass_obj
def backup(shell: Shell, out: Path | None) -> None:
    """Copy the database to one file and verify the copy; the bot may go on meanwhile.

    What an older version made is copied as it is: it is the way back to that version.
    """
    db = shell.as_it_is
    stamp = f"{shell.real_now() + meta.clock_offset(db):%Y%m%d-%H%M%S}"
    target = out or shell.data / COPIES / f"{Path(DATABASE).stem}-{stamp}.db"
    found = back_up(db, target)
    click.echo(f"{target} に保存し、確かめました（{found.tables}表・{found.rows}行、整合性 ok）。")
    if found.head:
        click.echo(f"履歴の照合番号 {found.head.hash}（控え {note_of(target).name}）")


@click.command(
    help="バックアップから戻す（ボットを止めて）。戻した後は --release まで自動では投稿しない"
)
@click.argument(
    "file", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option("--release", is_flag=True, help="内容を確かめたので、自動の投稿を再開する")
@click.option("--altered", is_flag=True, help="履歴が改ざんされていても、承知のうえで戻す")
@click.pass_obj
def restore(shell: Shell, file: Path | None, release: bool, altered: bool) -> None:
    """Put a backup in the place of the database, or release what was restored."""
    if release == (file is not None):
        raise BadInput("戻すバックアップのファイルか、--release のどちらかを指定してください。")
    click.echo(_release(shell) if file is None else _restore(shell, file, altered))


def _restore(shell: Shell, file: Path, altered: bool) -> str:
    now, history = shell.real_now(), ""

    def prepare(db: Database) -> None:
        nonlocal history
        found = examine(db)
        history = _history(found, file, altered)
        with writing(db):
            outbox.doubt(db, now.timestamp())
            memory.wait_for_release(db, now)
            memory.accept_altered(db, found.mark)

    with only_one(shell.data):
        found, kept = put_back(file, shell.data / DATABASE, now, prepare)
    before = _before(kept, shell.data / DATABASE) if kept else ""
    return (
        f"{file} から戻しました（{found.tables}表・{found.rows}行、整合性 ok）。{before}\n{history}\n"
        "ボットを動かすと質問と提出に応じますが、自動の投稿は止まっています。"
        "値と担当を確かめてから、`kpibot restore --release` で再開してください。"
    )


def _before(kept: Path, put_back: Path) -> str:
    """Where what stood there is now, and what of it has to be done again."""
    missing = left_out(kept, put_back)
    there = f"それまでのデータベースは {kept} にあります。"
    if missing is None:
        return f"{there}壊れていて、戻したものとの違いは調べられません。"
    counts = "、".join(f"{said}{count}件" for said, count in missing.items())
    again = "要るものは、し直してもらってください。"
    return (
        f"{there}そのうち{counts}は、戻したデータベースにはありません。{again}" if counts else there
    )


def _history(found: Examined, file: Path, altered: bool) -> str:
    """That it is whole. Raises CannotRun when it isn't and nobody said that this is known."""
    if not found.breaches:
        unsure = "" if note_of(file).exists() else "横に控えがないので、控えとは照合していません。"
        return whole(found) + unsure
    said = f"履歴が改ざんされています（{len(found.breaches)}件。{named(found.breaches[0]).rstrip('。')}）"
    if altered:
        return f"{said}。承知のうえで戻しました。"
    raise CannotRun(
        f"{file} の{said}。別のバックアップを指定してください。承知のうえで戻すなら --altered を付けます。"
    )


def _release(shell: Shell) -> str:
    with writing(shell.db):
        waited = memory.release(shell.db)
    return "自動の投稿を再開しました。" if waited else "復元後の確認を待っているものはありません。"
