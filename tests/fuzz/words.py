"""What is thrown at every entry: words of the domain in any order, changed ones, and hostile ones."""

from __future__ import annotations

from random import Random

# Nobody of the workspace: whoever is pinged by these was pinged by what somebody typed.
PINGS = (
    "<!channel>",
    "<!here>",
    "<!everyone>",
    "<@U0VICTIM>",
    "<!subteam^S0VICTIM>",
    "<https://evil.example|市の公表値>",
)
HOSTILE = (
    *PINGS,
    "&lt;!channel&gt;",
    "*太字* _斜体_ ~消す~ `印` ```",
    "=1+1",
    "+SUM(A1)",
    "@SUM(1)",
    '＝HYPERLINK("http://evil.example")',
    "'; DROP TABLE submissions; --",
    '" OR ""="',
    "../../etc/passwd",
    "{{7*7}} ${x} %s %(x)s {0} {x.__class__}",
    "\x00",
    "\x1b[31m",
    "\u202e12",
    "\u200b\u200d",
    "\ufeff",
    "\U0010ffff",
    "ﷺ" * 20,
    "e\u0301" * 40,
    "9" * 400,
    "1e400",
    "NaN",
    "-Infinity",
    "४২٣",
    "①②Ⅻ㍻",
    "null",
    "[]",
    '{"a":{"a":{"a":[]}}}',
    "|" * 12,
    "あ" * 3000,
    "\n" * 50,
)
_SAID = """
    1-1 1-1a 1-1b 2-2a 3-3a 6-1b 9-9z １－１ 1ー1 目標3 横断1 R4 R5 令和6年度 2024 H30 R元 R99
    12人 △203人 １２．５％ 男性18.43年 女性20.72年 100:95 2億3千万円 なし 公表待ち （10月予定）
    未達成 向上 達成 遅れ 未提出 確認中 差戻し こども課 待機児童 ヘルプ 様式 承認 履歴 担当
    サイクル 予定 週報 お知らせ 静穏 言い方 報告 意見 見直し 訂正 締め 公開 比較 定義 総括
    理由 県の公表値 | on off FY2023 FY2024 kitamoto-2 kitamoto-1 indicator goal children planner
    0 1 2 -1 2024-06-12 2025-13-45 1999-02-30 digest monthly
"""
DOMAIN = tuple(_SAID.split())
JOINS = ("", " ", "|", "　", ":", "\n", "/", "・")
LONGEST = 12


def words(chance: Random) -> str:
    """A text of some pieces, of which about one in five is hostile; sometimes raw Unicode."""
    if chance.random() < 0.1:
        drawn = (chr(chance.randrange(1, 0x2FFFF)) for _ in range(chance.randrange(1, 30)))
        return "".join(each for each in drawn if not "\ud800" <= each <= "\udfff")
    pieces = [
        chance.choice(HOSTILE if chance.random() < 0.2 else DOMAIN)
        for _ in range(chance.randrange(0, LONGEST))
    ]
    return chance.choice(JOINS).join(pieces)


def changed(chance: Random, text: str) -> str:
    """`text` with something cut, doubled, swapped, put in or replaced as a whole."""
    if not text or chance.random() < 0.1:
        return words(chance)
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randrange(1, 12))
    inside = chance.choice(
        ("", text[start:end] * 2, text[start:end][::-1], chance.choice(HOSTILE), words(chance))
    )
    return text[:start] + inside + text[end:]


def changed_bytes(chance: Random, data: bytes) -> bytes:
    """`data` with some bytes changed, cut out or doubled."""
    for _ in range(chance.randrange(1, 6)):
        start = chance.randrange(len(data) or 1)
        end = start + chance.randrange(0, 20)
        inside = chance.choice((b"", chance.randbytes(4), data[start:end] * 2))
        data = data[:start] + inside + data[end:]
    return data
