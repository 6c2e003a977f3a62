"""Spans and lines of text; what is shown of them is escaped here and nowhere else.

Text of people can so neither call nor link nor format anything, whoever makes the content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from answers.content import escape
from store.reading.seen import straight

_FORMATTING = str.maketrans({"*": "＊", "`": "｀", "~": "～"})
_SPECIAL = re.compile(r"(<@[UW][A-Z0-9]+>|`[^`\n]+`)")
_CHANNEL = re.compile(r"[CG][A-Z0-9]+")
_MEANT = re.compile("[&<>*`~_@:]")
# `:tada:` becomes a picture, and Slack may take a bare `@channel` for a call.
_PICTURE = re.compile(r"(?<![0-9]):(?=[^\s:]{1,100}:)")
_CALL = re.compile("@(?=(?:channel|here|everyone|group)(?![A-Za-z0-9]))", re.I)
# Lines as they are shown; most are said to many people.
MOST_KEPT = 512
_LOOSE_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Bold:
    """What should be seen first."""

    text: str


@dataclass(frozen=True)
class Code:
    """What can be typed as it stands."""

    text: str


@dataclass(frozen=True)
class Spoken:
    """Said in the plain text only, where the blocks show it by layout."""

    text: str


@dataclass(frozen=True)
class Drawn:
    """Seen in the blocks only, where the plain text says it in words: bars of signs, marks."""

    text: str


@dataclass(frozen=True)
class Mention:
    """A user of the workspace, called by id; never made of what somebody typed."""

    text: str


@dataclass(frozen=True)
class Channel:
    """A channel, which Slack shows by its name; anything that is no channel's id stays letters."""

    text: str

    @property
    def shown(self) -> str:
        """The link, or the letters escaped."""
        return f"<#{self.text}>" if _CHANNEL.fullmatch(self.text) else escape(self.text)


Span = str | Bold | Code | Spoken | Drawn | Mention | Channel
Line = tuple[Span, ...]


def line(*spans: Span) -> Line:
    """One line of text; empty spans vanish."""
    return tuple(s for s in spans if (s if isinstance(s, str) else s.text))


def one_line(text: str) -> str:
    """Text of people without line breaks, so that it cannot pass for lines of ours."""
    return " ".join(text.split())


def sentence(text: str, typed: str = "") -> Line:
    """A sentence of ours, its `examples` and <@mentions> kept; those in `typed` stay letters."""
    spans: list[Span] = []
    for piece in _SPECIAL.split(text):
        if piece in typed or not _SPECIAL.fullmatch(piece):
            spans.append(piece)
        else:
            spans.append(Mention(piece[2:-1]) if piece[0] == "<" else Code(piece[1:-1]))
    return line(*spans)


@lru_cache(maxsize=MOST_KEPT)
def mrkdwn(spans: Line) -> str:
    """The line for Slack. Bold and code stand free, since Slack formats only between blanks."""
    shown = [(s, _marked(s)) for s in spans if not isinstance(s, Spoken)]
    if not shown:
        return ""
    text = shown[0][1]
    for (before, said), (after, more) in pairwise(shown):
        formatted = isinstance(before, Bold | Code) or isinstance(after, Bold | Code)
        apart = said.endswith(" ") or more.startswith(" ")
        text += (" " if formatted and not apart else "") + more
    return text


@lru_cache(maxsize=MOST_KEPT)
def spoken(spans: Line) -> str:
    """The line as plain text, escaped as Slack wants its `text`."""
    return "".join(_called(s) for s in spans if not isinstance(s, Drawn))


def _called(span: Span) -> str:
    if isinstance(span, Mention):
        return f"<@{span.text}>"
    if isinstance(span, Channel):
        return span.shown
    return escape(span if isinstance(span, str) else span.text)


def _marked(span: Span) -> str:
    if isinstance(span, str | Drawn):
        return _harmless(span if isinstance(span, str) else span.text)
    if isinstance(span, Mention | Channel):
        return _called(span)
    mark = "`" if isinstance(span, Code) else "*"
    return f"{mark}{_harmless(one_line(span.text))}{mark}"


def _harmless(text: str) -> str:
    """Escaped, and with the signs of formatting in their full-width forms."""
    if not _MEANT.search(text):
        return straight(text)
    plain = _LOOSE_UNDERSCORE.sub("＿", text.translate(_FORMATTING))
    return escape(_CALL.sub("＠", _PICTURE.sub("：", plain)))
