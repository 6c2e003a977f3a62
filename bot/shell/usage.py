"""What was typed wrong, in Japanese: click says it in English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, Any

import click


class Misused(click.UsageError):
    """How the command is used, what was wrong, and where to read more. Exit code 2."""

    def __init__(self, message: str, ctx: click.Context) -> None:
        super().__init__(message, ctx)
        usage = ctx.get_usage().partition(": ")[2]
        more = f"説明は `{ctx.command_path} --help` で出ます。"
        self.said = f"使い方: {usage}\n{message}\n{more}"

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on stderr."""
        click.echo(self.said, file=file, err=file is None)


def in_japanese(error: click.UsageError, ctx: click.Context) -> click.UsageError:
    """The same in a sentence that can be shown; what is help and no complaint stays as it is.

    `ctx` is where it happened, as far as is known.
    """
    if isinstance(error, (Misused, click.exceptions.NoArgsIsHelpError)):
        return error
    return Misused(_sentence(error), error.ctx or ctx)


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return f"{_name(error)} を指定してください。"
        case click.BadParameter():
            return f"{_name(error)}: {_unfit(error)}"
        case click.NoSuchOption():
            near = f"近いもの: {'、'.join(error.possibilities)}。" if error.possibilities else ""
            return f"{error.option_name} という指定はありません。{near}"
        case click.exceptions.NoSuchCommand():
            return f"「{error.command_name}」というコマンドはありません。"
        case click.BadOptionUsage():
            return f"{error.option_name} の後に値を書いてください。"
    extra = re.search(r"\((.*)\)$", error.message)
    return f"余分な言葉があります: {extra[1]}" if extra else error.message


def _name(error: click.BadParameter) -> str:
    """The option as it is typed, or what stands for the argument."""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    ours = isinstance(error.param, click.Argument) and error.ctx is not None
    return error.param.make_metavar(error.ctx).strip("[].") if ours else "指定"  # type: ignore[union-attr, arg-type]


def _unfit(error: click.BadParameter) -> str:
    kind, typed = error.param and error.param.type, re.search(r"'(.*)'", error.message)
    if isinstance(kind, click.Path) and typed:
        return _unusable(Path(typed[1]).absolute())
    if isinstance(kind, click.Choice):
        return f"{'・'.join(map(str, kind.choices))} のどれかです。"
    if isinstance(kind, click.IntRange):
        return f"{kind.min}〜{kind.max} の数です。"
    return f"値を読めません（{error.message}）。"


def _unusable(path: Path) -> str:
    """Why a path is not taken. It is said in full: a relative one may be looked for elsewhere."""
    if not path.exists():
        return f"{path} がありません。置き場所と名前を確かめてください。"
    if path.is_dir():
        return f"{path} はフォルダです。ファイルを指定してください。"
    return f"{path} を読めません。読み取りの権限を確かめてください。"
