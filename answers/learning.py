"""「この言い方を覚える」: offered beside an answer, put to the planning section, told when decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from answers.content import Block, Content, ask_button, button, cut
from answers.layout import compose, heading, quiet, row, say
from answers.matching import Hit
from answers.meant import of_hit
from answers.spans import Bold, Code, Line, line
from answers.teachable import unfit
from store.aliases import OUTCOMES, Alias
from store.plan import Plan
from store.taught import Subject, has

TEACH, PICK = "teach:", "pick:"
LEARN, DECLINE = "learn_alias", "decline_alias"
LABEL = "この言い方を覚える"
ALONE = "企画担当が1人のため、提案した本人が決めました"
Names = Mapping[str, str]


def teach_button(plan: Plan, subject: Subject, words: str) -> Block | None:
    """Proposes `words` for `subject`; None for words of a shape that is never learnt."""
    if unfit(words):
        return None
    kind, name = subject
    return button(LABEL, f"{TEACH}{kind}:{name}", f"{plan.id}|{kind}|{name}|{words}")


def pick_button(label: str, words: str, unread: str) -> Block:
    """Asks `words`, and remembers what they were picked for (not, where that is never learnt)."""
    if not unread or unfit(unread):
        return ask_button(label, words)
    return button(label, cut(f"{PICK}{words}", 255), f"{words}\n{unread}")


def picked_for(value: str) -> tuple[str, str]:
    """What a button of `pick_button` asks, and the words it was picked for."""
    words, _, unread = value.partition("\n")
    return words, unread


def with_offer(said: Content, plan: Plan, subject: Subject | None, unread: str) -> Content:
    """The answer that was picked for `unread`, below the offer to read these words so from now on."""
    teach = teach_button(plan, subject, unread) if subject else None
    if teach is None or subject is None:
        return said
    chosen = line(f"「{unread}」から「{_meant(plan, subject)}」を選びました。")
    note = compose((quiet(chosen), row([teach])))
    return Content(f"{note.text}\n\n{said.text}", (*note.blocks, *said.blocks))


def proposed(plan: Plan, alias: Alias, asked: int) -> Content:
    """The receipt of a proposal that `asked` planners were told of."""
    after = (
        "企画担当が承認すると、この言い方で答えるようになります。結果は DM でお知らせします。"
        if asked
        else "いまは決められる企画担当がいないため、決まるまで待ちます。"
    )
    return compose(
        (say(line("この言い方を提案しました。"), meaning(plan, alias)), quiet(line(after)))
    )


def learnt_alone(plan: Plan, alias: Alias) -> Content:
    """The receipt of the only planner, whose proposals hold at once."""
    back = line(f"{ALONE}。", Code("/kpi-admin 言い方"), " で取り消せます。")
    return compose((say(line("この言い方を覚えました。"), meaning(plan, alias)), quiet(back)))


def request(plan: Plan, alias: Alias, near: Sequence[Hit], names: Names) -> Content:
    """What a planner decides by: the words, what they would mean, who asks, what else is near."""
    return compose(
        (
            heading("言い方の提案"),
            say(meaning(plan, alias)),
            quiet(proposer(alias, names), _near(plan, near)),
            row(decision_buttons(alias)),
        )
    )


def decision_buttons(alias: Alias, where: str = "") -> list[Block]:
    """覚える and 見送る; `where` tells those of another place from the request's."""
    number = str(alias.id)
    return [
        button("覚える", f"{LEARN}{where}", number, "primary"),
        button("見送る", f"{DECLINE}{where}", number),
    ]


def settled(plan: Plan, alias: Alias, names: Names) -> Content:
    """What became of a proposal: in place of the request, and for who proposed it."""
    by, said = alias.decided_by or "", OUTCOMES[alias.decided or "learn"]
    decided = line(f"{names.get(by, by)} が{said}（{_when(alias.decided_at or alias.at)}）")
    return compose(
        (
            heading(f"言い方の提案　{said}"),
            say(meaning(plan, alias)),
            quiet(proposer(alias, names), decided),
        )
    )


def receipt(plan: Plan, alias: Alias) -> Content:
    """What is said beside the page of words when something was decided there."""
    said = OUTCOMES[alias.decided or "learn"]
    return compose((say(line(f"この言い方を{said}。"), meaning(plan, alias)),))


def meaning(plan: Plan, alias: Alias) -> Line:
    """「空き家バンクの成約」 → 指標 4-1b …."""
    return line(Bold(f"「{alias.words}」"), f" → {_meant(plan, alias.subject)}")


def proposer(alias: Alias, names: Names) -> Line:
    """提案 職員A 2025-06-03 10:00."""
    return line(f"提案 {names.get(alias.actor, alias.actor)} {_when(alias.at)}")


def _meant(plan: Plan, subject: Subject) -> str:
    if not has(plan, subject):
        return f"{subject[1]}（今の計画にありません）"
    return of_hit(Hit(*subject), plan).understood


def _near(plan: Plan, near: Sequence[Hit]) -> Line:
    if not near:
        return line("ほかに近い読み方はありません。")
    return line("ほかに近いもの: " + "、".join(of_hit(hit, plan).understood for hit in near))


def _when(at: str) -> str:
    """2025/6/3 10:00."""
    moment = datetime.fromisoformat(at)
    return f"{moment:%Y}/{moment.month}/{moment.day} {moment:%H:%M}"
