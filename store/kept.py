"""What was made of history, kept for as long as history does not go on.

The head of the chain of seals stands for all history up to it (`store.sealing`): whoever finds the
same head finds the same rows, whatever connection or thread looks. So nothing kept is ever stale.
Only what is read from sealed tables may be kept; working tables change without a seal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlite_utils import Database

from store import sealing
from store.sealing import Head

Thing = TypeVar("Thing")


class Same(Generic[Thing]):
    """A thing as a key of a cache: the same object, without hashing all that is in it."""

    def __init__(self, it: Thing) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.it is self.it


class Kept(Generic[Thing]):
    """Keeps at most so many things that were made of history as it is now; any thread may ask.

    What is kept is shared by all who ask, so that it must be of a kind that nobody changes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = threading.Lock()
        self._head: Head | None = None
        self._found: dict[Hashable, Thing] = {}

    def __call__(self, db: Database, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """What is kept under `key`, made where nothing is. Inside a transaction it is always made:
        rows that may yet be undone are not sealed.
        """
        head = None if db.conn.in_transaction else sealing.head(db)
        if head is None:
            return make()
        with self._guard:
            if head == self._head and key in self._found:
                return self._found[key]
        made = make()
        # History may have gone on while it was read, and what was made be partly of either.
        if sealing.head(db) == head:
            self._keep(head, key, made)
        return made

    def _keep(self, head: Head, key: Hashable, made: Thing) -> None:
        with self._guard:
            if head != self._head or len(self._found) >= self._most:
                self._head, self._found = head, {}
            self._found[key] = made
