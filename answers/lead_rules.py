"""`/kpi-admin 課長確認`: which departments have their figures confirmed by their lead first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from answers.content import Content, button
from answers.layout import compose, heading, quiet, say
from answers.spans import Bold, line
from store.departments import Department


def lead_rules(known: Sequence[Department], wanting: Collection[str]) -> Content:
    """Each department with a button that begins or ends it."""
    return compose(
        (
            heading("課長確認"),
            quiet(
                line(
                    "「必要」の課では、担当者の提出はまず課長に届き、課長が確認すると企画担当に届きます。"
                    "課長自身の提出と、課長のいない課は除きます。変更は次の提出から有効です。"
                )
            ),
            *(
                say(
                    line(Bold(each.name), f"　{'必要' if each.id in wanting else '不要'}"),
                    accessory=button(
                        "不要にする" if each.id in wanting else "必要にする",
                        f"lead_rule:{each.id}",
                        f"{'off' if each.id in wanting else 'on'}|{each.id}",
                    ),
                )
                for each in known
            ),
        )
    )
