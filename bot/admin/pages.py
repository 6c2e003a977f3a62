"""The visible list of what `/kpi-admin` has."""

from __future__ import annotations

from bot.admin import (
    approvals,
    cards,
    closing,
    comparisons,
    cycle,
    digests,
    ledger,
    news,
    opinions,
    people,
    planned,
    publishing,
    quieting,
    reporting,
    revisions,
    words,
)
from bot.admin.page import Page

PAGES: tuple[Page, ...] = (
    Page(
        "承認", "承認待ちの一覧（まとめて承認・差戻し・修正）", approvals.queue_page, ("承認待ち",)
    ),
    Page("締め", "年度の締めと解除、締める前に残っているもの", closing.page, ("締切",)),
    Page(
        "報告",
        "進捗状況報告書の文章とファイル（例: 報告 R6）",
        reporting.page,
        ("報告書",),
    ),
    Page("総括", "計画期間の総括（例: 総括 第1期）", reporting.whole_page, ("計画期間総括",)),
    Page("公開", "締めた年度の公開の決定と取りやめ（例: 公開 R6）", publishing.page, ("公表",)),
    Page("訂正", "締めた年度の値の訂正（例: 訂正 1-1b R6）", approvals.correction_page),
    Page("課長確認", "提出の前に課長の確認を求める課", approvals.lead_rules_page),
    Page("定型文", "差戻しの理由の定型文", approvals.templates_page, ("差戻し",)),
    Page("不在", "不在の間の代行者", approvals.away_page, ("代行",)),
    Page(
        "担当",
        "担当課・課長・担当者・企画担当、引継ぎ、機構改革",
        people.page,
        ("担当課", "担当者"),
    ),
    Page("言い方", "覚えた言い方を見る・取り消す、提案を決める", words.page, ("別名",)),
    Page("定義", "定義カード（何を数えるか・出典など）の足りないところを見る・書く", cards.page),
    Page("比較値", "全国・県・近隣市などの値を見る・書く・直す", comparisons.page, ("比較",)),
    Page("意見", "会議で出た意見と対応（例: 意見 未対応 R6）", opinions.page, ("対応",)),
    Page(
        "見直し", "目標値などの見直しを見る・提案する（例: 見直し 1-1b）", revisions.page, ("改定",)
    ),
    Page("サイクル", "年間の予定の日付と段階（例: サイクル R6）", cycle.page, ("日程",)),
    Page("週報", "週報・月報を、どのチャンネルに・何について・いつ送るか", digests.page, ("月報",)),
    Page(
        "予定",
        "これから自動で送るものを見る・試す・止める、送る時刻を変える",
        planned.page,
        ("配信",),
    ),
    Page("静穏", "通知を控える期間（議会会期・予算査定など）", quieting.page, ("静穏期間", "休止")),
    Page(
        "お知らせ",
        "判定が変わったとき・段階が完了したときに送るチャンネル",
        news.page,
        ("通知",),
    ),
    Page("履歴", "だれが・いつ・何を・なぜ。絞り込み、CSV", ledger.page, ("監査", "記録")),
)
