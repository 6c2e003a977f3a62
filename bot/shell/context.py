"""What every command of the shell needs: settings, the clock, the data folder and who runs it."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import click
from sqlite_utils import Database

from bot.settings import Settings
from store import meta, shelf, upgrading
from store.acts import By
from store.db import connect, open_db, writing
from store.errors import CannotRun
from store.fiscal import fiscal_year
from store.holding import make_private, only_one
from store.plan import Plan
from store.plan_file import builtin_plans

DATABASE = "kpibot.db"
OLDER_IN_USE = (
    "データベースは前の版の形で、動いているボットが使っています。"
    "kpibot を更新したところなら、ボットを再起動してください。新しい形になります。"
)


@dataclass
class Shell:
    """The shell's surroundings. Nothing is read before a command asks for it."""

    read_settings: Callable[[], Settings]
    real_now: Callable[[], datetime]
    folder: Path | None = None

    def now(self) -> datetime:
        """The time in Tokyo; over a sandbox's data, the time of its clock."""
        if not (self.data / DATABASE).exists():
            return self.real_now()
        return self.real_now() + meta.clock_offset(self.db)

    @cached_property
    def settings(self) -> Settings:
        """The environment."""
        return self.read_settings()

    @property
    def data(self) -> Path:
        """The data folder: as told on the command line, else as set."""
        return self.folder or self.settings.data

    @property
    def today(self) -> date:
        """The day it is in Tokyo."""
        return self.now().date()

    def by(self, reason: str | None = None) -> By:
        """An act of the operator, now."""
        return By(f"shell:{getpass.getuser()}", self.now(), "shell", reason)

    @property
    def file(self) -> Path:
        """The data folder's database file. Raises CannotRun when there is none yet."""
        path = self.data / DATABASE
        if not path.exists():
            raise CannotRun(
                f"{path} がまだありません。`kpibot plan load` で計画を読み込むと作られます。"
            )
        return path

    @cached_property
    def db(self) -> Database:
        """The data folder's database, in this version's shape. Raises CannotRun when there is none
        yet, or when a bot is running with one of an older version.
        """
        if upgrading.is_older(self.file):
            with only_one(self.data, OLDER_IN_USE):
                kept = upgrading.upgrade(self.file, self.real_now())
            click.echo(f"データベースを新しい版の形にしました（前の形の写し: {kept}）。", err=True)
        return open_db(self.file)

    @cached_property
    def as_it_is(self) -> Database:
        """The data folder's database in whatever shape it has, for whoever changes nothing."""
        return connect(self.file)

    def only_look(self) -> bool:
        """From here on read an older version's database from a copy in memory; True if it is one."""
        older = (self.data / DATABASE).exists() and upgrading.is_older(self.file)
        if older:
            self.db = upgrading.upgraded(self.file)
        return older

    @property
    def readable(self) -> Database:
        """The data folder's database; in its place, where there is no plan yet, the built-in ones."""
        if self.has_data:
            return self.db
        db = open_db(":memory:")
        with writing(db):
            for plan in builtin_plans().values():
                shelf.put(db, self.by(), plan)
        return db

    def made(self) -> Database:
        """The data folder's database, made when there is none yet."""
        make_private(self.data)
        path = self.data / DATABASE
        return self.db if path.exists() else open_db(path)

    @property
    def has_data(self) -> bool:
        """A database with a plan is there."""
        return (self.data / DATABASE).exists() and bool(shelf.plan_ids(self.db))

    def plan(self, name: str | None = None) -> Plan:
        """A plan by its id, or the current one: the database's, else a built-in one."""
        if self.has_data:
            return shelf.read(self.db, name) if name else shelf.running_on(self.db, self.today)
        plans = builtin_plans()
        if name is not None:
            if name not in plans:
                raise CannotRun(f"計画 {name} はありません。あるもの: {'、'.join(plans)}")
            return plans[name]
        this = fiscal_year(self.today)
        begun = [p for p in plans.values() if p.first_year is not None and p.first_year <= this]
        return max(begun or plans.values(), key=lambda p: p.first_year or 0)
