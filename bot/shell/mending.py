"""What the operator does, step by step, once history was found altered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.shell.findings import Finding
from store.fiscal import TOKYO
from store.sealing import Head
from store.whole_copies import Whole


def mending(folder: Path, copy: Whole | None, newest: Head | None) -> Finding:
    """The steps, with the copy to put back: the newest whole one of the data folder, if there is."""
    folder = folder.absolute()
    steps = (
        "ボットを止めます（例: `sudo systemctl stop kpibot`）。",
        f"データフォルダ {folder} を丸ごと別の場所に写して残します（何があったかの証拠です）。",
        f"`kpibot export history --out {folder / '履歴.csv'}` で、いまの履歴を一覧にします。",
        _restoring(copy, newest),
        "一覧から写しより後の提出・承認などを拾い、元の書類と突き合わせて、し直してもらいます。",
    )
    listed = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    more = "くわしくは docs/operate.md「履歴の改ざんを調べる」にあります。"
    return Finding(
        "note", "直すまで、値を公表や答弁に使わないでください。", "\n".join([*listed, more])
    )


def _restoring(copy: Whole | None, newest: Head | None) -> str:
    if copy is None:
        return (
            "backups/ には、改ざんのないと言える写しがありません。別の場所に運んだ写しを、新しいものから"
            " `kpibot restore ファイル` で戻します（改ざんのあるものは戻りません）。"
        )
    made = datetime.fromtimestamp(copy.path.stat().st_mtime, TOKYO)
    since = (newest.number if newest else copy.head.number) - copy.head.number
    return (
        f"`kpibot restore {copy.path.absolute()}` で戻します（{made:%Y-%m-%d %H:%M} の写し。"
        f"改ざんのないことを確かめました。その後の書込みは{max(since, 0)}回）。"
    )
