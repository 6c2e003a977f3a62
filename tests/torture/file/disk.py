"""A disk as a power cut leaves it: what was synced is there, what was not may be torn or gone."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

# As shim.c writes them down.
ENTRY = struct.Struct("=iiqq")
WRITE, SYNC, TRUNCATE, NOTE = 1, 2, 3, 4
SUFFIXES = {1: "", 2: "-wal"}
SECTOR = 512


@dataclass(frozen=True)
class Operation:
    """What was done to one of the files; a note is of none."""

    kind: int
    file: int
    offset: int
    data: bytes


@dataclass
class Disk:
    """What the files hold for good, and what is under way to them."""

    held: dict[int, bytearray]
    pending: list[Operation] = field(default_factory=list)
    acked: int = 0

    def take(self, each: Operation) -> None:
        """The next operation."""
        if each.kind == NOTE:
            self.acked += 1
        elif each.kind == SYNC:
            for one in self.pending:
                if one.file == each.file:
                    _apply(self.held[one.file], one)
            self.pending = [one for one in self.pending if one.file != each.file]
        else:
            self.pending.append(each)

    def cut(self, chance: Random) -> dict[int, bytearray]:
        """What is left of the files when the power goes now."""
        left = {file: bytearray(held) for file, held in self.held.items()}
        for each in self.pending:
            fate = chance.randrange(3)
            if fate == 0 and each.kind == WRITE:
                torn = chance.randrange(0, len(each.data) + 1, SECTOR)
                _apply(left[each.file], Operation(WRITE, each.file, each.offset, each.data[:torn]))
            elif fate == 1:
                _apply(left[each.file], each)
        return left


def written_down(log: Path) -> Iterator[Operation]:
    """What was written down."""
    raw, here = log.read_bytes(), 0
    while here < len(raw):
        kind, file, offset, length = ENTRY.unpack_from(raw, here)
        here += ENTRY.size
        yield Operation(kind, file, offset, raw[here : here + length])
        here += length


def _apply(held: bytearray, each: Operation) -> None:
    if each.kind == TRUNCATE:
        del held[each.offset :]
        held.extend(bytes(each.offset - len(held)))
    else:
        held.extend(bytes(max(0, each.offset - len(held))))
        held[each.offset : each.offset + len(each.data)] = each.data
