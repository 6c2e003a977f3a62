"""What the history calls what was done, and the places where it was done."""

from __future__ import annotations

from store.ledger_rows import What

WORDS: dict[What, str] = {
    "submit": "提出",
    "correct": "訂正",
    "confirm": "課長確認",
    "approve": "承認",
    "return": "差戻し",
    "withdraw": "取下げ",
    "supersede": "置き換え",
    "compare": "比較値",
    "card": "定義",
    "assign": "担当",
    "lock": "締め",
    "publish": "公開",
    "effort": "取組内容",
    "opinion": "意見",
    "answer": "対応",
    "revise": "見直し",
    "setting": "設定",
    "stage": "段階",
    "report": "報告書",
}
PUBLICATIONS = {
    "propose": "公開の提案",
    "publish": "公開の決定",
    "drop": "公開の提案の取下げ",
    "revoke": "公開の取りやめ",
}
LOCKS = {
    "propose_lock": "締めの提案",
    "lock": "締め",
    "propose_unlock": "締め解除の提案",
    "unlock": "締めの解除",
    "drop": "提案の取下げ",
}
OPINIONS = {"enter": "意見の入力", "mend": "意見の修正", "gone": "意見の取消"}
REVISIONS = {
    "propose": "見直しの提案",
    "agree": "見直しの確定",
    "drop": "見直しの提案の取下げ",
}
REVISED = {
    "name": "指標名",
    "unit": "単位",
    "targets": "目標値",
    "baselines": "現状値",
    "owner": "担当課",
    "goals": "位置づけ",
    "retired": "廃止",
}
STAGE_STEPS = {"close": "段階の完了", "reopen": "段階の完了の取消し"}
REPORTS = {"edit": "報告書の文章の修正", "finish": "報告書の文章の確定"}
STEPS: dict[What, dict[str, str]] = {
    "lock": LOCKS,
    "publish": PUBLICATIONS,
    "opinion": OPINIONS,
    "revise": REVISIONS,
    "stage": STAGE_STEPS,
    "report": REPORTS,
}
LONGER: dict[What, str] = {
    "supersede": "新しい提出に置き換え",
    "card": "定義の記入",
    "assign": "担当の変更",
}
SURFACES = {
    "command": "コマンド",
    "button": "ボタン",
    "form": "フォーム",
    "sheet": "Excel",
    "excel": "Excel",
    "shell": "シェル",
    "message": "DM",
    "dm": "DM",
    "event": "自動",
    "home": "ホーム",
    "admin": "企画担当の操作",
    "queue": "承認の一覧",
    "sample": "サンプル",
    "people": "担当者ファイル",
}
