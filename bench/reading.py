"""`python -m bench.reading [--strings N] [--seed N]`: everything that can be typed as a value, read.

Strings of three kinds go through the reader, each for an indicator of the built-in plans: pieces
of how values are written in any order, what is shown of a value with letters changed, and raw
Unicode. Each is a value, a year without a figure, a question (read and odd) or a sentence that
refuses it; whatever else were raised would be an exception, and there must be none.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from random import Random
from time import perf_counter

from store.errors import KpiError
from store.oddities import oddities
from store.plan import Indicator
from store.plan_file import builtin_plans
from store.reading.units import kind_of
from store.showing import show_values
from store.values import Values, read_values

SIGNS, SIZES, ENDS = (
    ("", "", "△", "−", "約"),
    ("", "", "千", "万", "億3千万"),
    ("", "", "です", "程度"),
)
INDICATORS = tuple(i for plan in builtin_plans().values() for i in plan.indicators)
OUTCOMES = ("value", "absent", "question", "sentence", "exception")
KINDS = ("pieces", "changed", "unicode")
CORES = 2
SHARE = 50_000
PIECES = (
    "0 1 2 9 12 100 1,392 1,39 1.5 65.60 . , ， 万 億 千 兆 百 十 二 〇 三 数 人 件 % ％ 割 分 厘 円 千人 百万円 "
    "△ ▲ - ー − ‐ + ± ( ) （ ） マイナス 男性 女性 男 女 おとこ 児童 生徒 : ： 対 、 ・ / ／ 年 年度 月 人/年 ㎡ m2 m² "
    "t-CO2 トン ポイント pt 公表待ち （10月予定） 10月 公表予定 集計中 調査なし 調査対象外 なし 該当なし ゼロ 約 程度 "
    "以上 〜 ~ から = e E 5 NaN Infinity 0x 済 未 策定済 位 第 です 。 ‰ ² ① ∞ R6 令和6年度 累計 今年度分 "
    + "\u3000"
).split(" ")


def strings(seed: int, count: int) -> Iterator[tuple[str, str, Indicator]]:
    """`count` strings with their kind and the indicator they are typed for; the same for a seed."""
    chance = Random(seed)
    for _ in range(count):
        indicator = chance.choice(INDICATORS)
        kind = KINDS[min(int(chance.random() * 2.5), 2)]
        yield kind, _MAKERS[kind](chance, indicator), indicator


def outcome(text: str, indicator: Indicator) -> str:
    """What becomes of a text (one of OUTCOMES); nothing is raised."""
    try:
        reading = read_values(text, indicator)
        if not isinstance(reading, Values):
            return "absent"
        return "question" if oddities(reading.by_series, indicator) else "value"
    except KpiError as refusal:
        return "sentence" if str(refusal) else "exception"
    except Exception:
        return "exception"


def tally(share: tuple[int, int]) -> Counter[tuple[str, str]]:
    """How often each kind of string came to which outcome, for a seed and a number of strings."""
    counted: Counter[tuple[str, str]] = Counter()
    for kind, text, indicator in strings(*share):
        counted[kind, outcome(text, indicator)] += 1
    return counted


def shown_at_random(chance: Random, indicator: Indicator) -> str:
    """How a value of the indicator could be shown."""
    return show_values({n: _value(chance, indicator) for n in indicator.series_names}, indicator)


def _value(chance: Random, indicator: Indicator) -> Decimal:
    kind = kind_of(indicator)
    if kind == "done":
        return Decimal(chance.randint(0, 1))
    size = chance.randint(1, 10 ** chance.randint(1, 9))
    if kind == "rank":
        return Decimal(size)
    signed = -size if kind == "number" and chance.random() < 0.2 else size
    return Decimal(signed).scaleb(-chance.randint(0, 4))


def _pieces(chance: Random, indicator: Indicator) -> str:
    """Half the time a sign, a number, its size and a unit in this order, else pieces in any."""
    if chance.random() < 0.5:
        return "".join(chance.choices(PIECES, k=chance.randint(0, 7)))
    number = f"{chance.randint(0, 9999):{chance.choice((',', ''))}}{chance.choice(('', '', '.5', '.60'))}"
    unit = chance.choice((indicator.unit, "", f"{indicator.unit}/年", chance.choice(PIECES)))
    return chance.choice(SIGNS) + number + chance.choice(SIZES) + unit + chance.choice(ENDS)


def _changed(chance: Random, indicator: Indicator) -> str:
    letters = list(shown_at_random(chance, indicator))
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        place = chance.randrange(len(letters) + 1)
        letters[place : place + chance.randint(0, 2)] = chance.choice(
            (*PIECES, "", _letter(chance))
        )
    return "".join(letters)


def _unicode(chance: Random, _: Indicator) -> str:
    return "".join(_letter(chance) for _ in range(chance.randint(0, 30)))


def _letter(chance: Random) -> str:
    return chr(chance.randrange(0x110000 if chance.random() < 0.3 else 0x3100))


_MAKERS = {"pieces": _pieces, "changed": _changed, "unicode": _unicode}


def measure(count: int, seed: int) -> Iterator[str]:
    """Read that many strings on two cores; the figures, a line each."""
    sizes = [SHARE] * (count // SHARE) + ([count % SHARE] if count % SHARE else [])
    began = perf_counter()
    counted: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(CORES) as workers:
        for share in workers.map(tally, [(seed + n, size) for n, size in enumerate(sizes)]):
            counted.update(share)
    took = perf_counter() - began
    for kind in KINDS:
        said = " ".join(f"{each} {counted[kind, each]:,}" for each in OUTCOMES)
        yield f"{kind}: {said}"
    total = {each: sum(counted[kind, each] for kind in KINDS) for each in OUTCOMES}
    yield "all: " + " ".join(f"{each} {number:,}" for each, number in total.items())
    yield f"{count:,} strings in {took:.1f} s, {count / took:,.0f} a second on {CORES} cores"


def main() -> None:
    """Measure, print, and leave with 1 when anything but a sentence was raised."""
    asked = ArgumentParser(prog="python -m bench.reading")
    asked.add_argument("--strings", type=int, default=2_000_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    clean = True
    for line in measure(given.strings, given.seed):
        sys.stdout.write(line + "\n")
        clean = clean and (not line.startswith("all:") or line.endswith("exception 0"))
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
