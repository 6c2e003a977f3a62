"""The menu of `/kpi-admin`: each page in a line, with a button that opens it."""

from __future__ import annotations

from collections.abc import Sequence

from answers.content import Block, Content, button, cut
from answers.layout import compose, heading, quiet, say
from answers.spans import Bold, Code, Line, line


def admin_button(label: str, words: str) -> Block:
    """A button that asks `words`, as if they had been typed after `/kpi-admin`."""
    return button(label, cut(f"admin:{words}", 255), words)


def admin_menu(pages: Sequence[tuple[str, str]], unknown: str = "") -> Content:
    """Each page's word and what it is for. `unknown`: words that ask for none of them."""
    return compose(
        (
            say(_unknown(unknown)) if unknown else None,
            heading("企画担当の操作"),
            *(
                say(line(Bold(word), f"　{says}"), accessory=admin_button("開く", word))
                for word, says in pages
            ),
            quiet(
                line(Code("/kpi-admin"), " に続けて言葉を入力しても開けます。例: ", _example(pages))
            ),
        )
    )


def _unknown(words: str) -> Line:
    return line("「", Code(words), "」という操作はありません。下から選んでください。")


def _example(pages: Sequence[tuple[str, str]]) -> Code:
    return Code(f"/kpi-admin {pages[0][0]}" if pages else "/kpi-admin")
