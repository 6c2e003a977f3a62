"""Files that are not taken, by a word that the reading process says, each with its sentence."""

from __future__ import annotations

from typing import Self

from reports.sheet.opinion_form import FORM as OPINIONS

_ANEW = "`/kpi-submit 様式` で新しい様式を受け取れます。"
# How a new one is had where it is not a department's.
_ANEW_OF = {OPINIONS: "`/kpi-admin 意見 様式` で新しい様式を受け取れます。"}
_SAVE = "Excel で開き、「名前を付けて保存」で「Excel ブック（*.xlsx）」を選んで保存してから送ってください。"
_SAVE_AGAIN = "Excel で開き、「Excel ブック（*.xlsx）」として保存してください。"

SENTENCES = {
    "empty": "ファイルが空（0バイト）です。保存し終えてから、もう一度送ってください。",
    "too_big": "ファイルが大きすぎるため読み取れません（5MB、展開後50MBまで）。"
    f"受け取った様式に入力して送ってください。{_ANEW}",
    "too_much": "ファイルの中身が大きすぎるか壊れているため、時間内に読み取れませんでした。"
    f"受け取った様式に入力して送ってください。{_ANEW}",
    "broken": f"Excel ファイルとして読み取れません（壊れているか、途中で切れています）。{_ANEW}",
    "xls": f"古い形式（.xls）の Excel ファイルは読み取れません。{_SAVE}",
    "xlsb": f"バイナリ形式（.xlsb）の Excel ファイルは読み取れません。{_SAVE}",
    "locked": "パスワードの付いたファイルは読み取れません。"
    "Excel の「情報」→「ブックの保護」でパスワードを外して保存し、もう一度送ってください。",
    "macro": f"マクロの入ったファイル（.xlsm など）は読み取りません。{_SAVE}",
    "ods": f"OpenDocument 形式（.ods）は読み取れません。{_SAVE}",
    "text": "CSV・テキストのファイルは読み取れません。受け取った様式（.xlsx）のまま送ってください。"
    f"{_ANEW}",
    "image": "画像からは値を読み取れません。受け取った様式（.xlsx）に入力して送ってください。"
    f"{_ANEW}",
    "pdf": "PDF からは値を読み取れません。受け取った様式（.xlsx）に入力して送ってください。"
    f"{_ANEW}",
    "other_office": "Word・PowerPoint のファイルは読み取れません。"
    f"受け取った様式（.xlsx）に入力して送ってください。{_ANEW}",
    "not_excel": f"Excel ファイル（.xlsx）ではないようです。{_ANEW}",
    "unknown": f"読み取れない種類のファイルです。{_ANEW}",
    "foreign": "このボットが発行した様式ではないようです（管理用のシートがありません）。"
    f"別のブックに写さず、受け取ったファイルに入力して送ってください。{_ANEW}",
    "no_table": "様式の表が見つかりません（見出しの行かA列の管理番号が消えています）。"
    f"受け取ったファイルに入力し直してください。{_ANEW}",
    "two_tables": "様式のシートが2枚以上あります。どちらを読むか決められません。"
    "1枚だけ残して送ってください。",
    "columns": "様式の列「{about}」が見つからないか、2つあります。"
    f"見出しを元に戻すか、受け取ったファイルに入力し直してください。{_ANEW}",
}


TABLE_SENTENCES = {
    "empty": "ファイルが空（0バイト）です。保存し終えてから、もう一度お試しください。",
    "too_big": "ファイルが大きすぎるため読み取れません（5MB、展開後50MBまで）。"
    "要る列と年度だけを残したファイルにしてください。",
    "too_much": "ファイルの中身が大きすぎるか壊れているため、時間内に読み取れませんでした。"
    "要る列と年度だけを残したファイルにしてください。",
    "encoding": "文字コードを読み取れません。UTF-8 か Shift_JIS の CSV で保存してください。",
    "xls": f"古い形式（.xls）の Excel ファイルは読み取れません。{_SAVE_AGAIN}",
    "xlsb": f"バイナリ形式（.xlsb）の Excel ファイルは読み取れません。{_SAVE_AGAIN}",
    "locked": "パスワードの付いたファイルは読み取れません。パスワードを外して保存してください。",
    "macro": f"マクロの入ったファイル（.xlsm など）は読み取りません。{_SAVE_AGAIN}",
}
NO_TABLE_FILE = "Excel（.xlsx）か CSV の表として読み取れません。どちらかの形で保存してください。"


class Refused(Exception):
    """A file that is not taken. `reason` is a key of SENTENCES, `about` what its sentence names,
    `form` the kind of sheet, once that is known.
    """

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        self.form = ""

    def of(self, form: str) -> Self:
        """The same, of a kind of sheet."""
        self.form = form
        return self


def sentence_of(reason: str, about: str = "", form: str = "") -> str:
    """What the person is told."""
    said = SENTENCES.get(reason, SENTENCES["broken"])
    return said.replace(_ANEW, _ANEW_OF.get(form, _ANEW)).format(about=about)


def table_sentence_of(reason: str) -> str:
    """What whoever imports a table is told; it need not be a sheet of ours."""
    return TABLE_SENTENCES.get(reason, NO_TABLE_FILE)
