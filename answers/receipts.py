"""What a receipt says of how a submission goes on: who is asked, and 取下げ."""

from __future__ import annotations

from answers.content import Block, button, plain
from store.submissions import Submission


def state_said(submission: Submission) -> str:
    """`確認中`, with 代理入力 and 課長確認待ち where they hold."""
    proxy = "・代理入力（企画担当）" if submission.proxy else ""
    lead = "・課長確認待ち" if submission.awaits_lead else ""
    return f"確認中{lead}{proxy}"


def who_looks(submission: Submission) -> str:
    """Who looks at it next."""
    if submission.awaits_lead:
        return "課長が確認した後、企画担当が確認します。"
    if submission.proxy:
        return "ほかの企画担当が確認します。"
    return "企画担当が確認します。"


def withdraw_button(submission: Submission) -> Block:
    """取下げ, which asks first."""
    asks = {
        "title": plain("取り下げますか", 100),
        "text": plain(
            "企画担当の確認をやめ、提出していない状態に戻します。履歴には残ります。", 300
        ),
        "confirm": plain("取り下げる", 30),
        "deny": plain("やめる", 30),
    }
    return {**button("取下げ", "withdraw", str(submission.id)), "confirm": asks}
