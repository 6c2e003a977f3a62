"""Files: uploads under way, and what was uploaded."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath

from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.wire import Json


@dataclass(frozen=True)
class File:
    """A file. It exists for others once `complete`; until then it's an upload under way."""

    id: str
    name: str
    title: str
    user: str
    created: int
    size: int
    upload_key: str
    received: bool = False
    complete: bool = False
    channels: tuple[str, ...] = ()

    @property
    def mimetype(self) -> str:
        """The type, guessed from the name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def filetype(self) -> str:
        """Slack's short name of the type: the extension."""
        return PurePath(self.name).suffix.lstrip(".").lower() or "binary"


class Files:
    """Every file of the workspace."""

    def __init__(self, store: Store, pulse: Pulse) -> None:
        self._store = store
        self._pulse = pulse
        self._files: dict[str, File] = {}
        self.load()

    def load(self) -> None:
        """Read what is kept."""
        self._files = {key: _file_from(body) for key, body in self._store.read("file")}

    def begin(self, name: str, size: int, user: str, created: int) -> File:
        """Announce an upload of `size` bytes."""
        file_id = "F0" + secrets.token_hex(5).upper()
        return self._keep(
            File(file_id, name, name, user, created, size, upload_key=secrets.token_urlsafe(18))
        )

    def receive(self, file: File, body: bytes) -> File:
        """Keep the bytes of an announced upload."""
        self._store.put_bytes(file.id, body)
        return self._keep(replace(file, received=True, size=len(body)))

    def finish(self, file: File, title: str | None, channel: str | None) -> File:
        """Make an upload a file, shared into `channel` if there is one."""
        channels = (*file.channels, channel) if channel else file.channels
        return self._keep(
            replace(file, complete=True, title=title or file.title, channels=channels)
        )

    def find(self, file_id: str) -> File | None:
        """Return a file that exists for others."""
        file = self._files.get(file_id)
        return file if file and file.complete else None

    def under_way(self, file_id: str) -> File | None:
        """Return an upload under way."""
        file = self._files.get(file_id)
        return file if file and not file.complete else None

    def by_upload_key(self, key: str) -> File | None:
        """Return the upload that an upload URL stands for."""
        return next((f for f in self._files.values() if f.upload_key == key), None)

    def complete_ones(self) -> list[File]:
        """Return every file, oldest first."""
        return sorted((f for f in self._files.values() if f.complete), key=lambda f: f.created)

    def read(self, file: File) -> bytes:
        """Return a file's bytes."""
        return self._store.read_bytes(file.id) or b""

    def _keep(self, file: File) -> File:
        self._store.put("file", file.id, asdict(file))
        self._files[file.id] = file
        self._pulse.beat()
        return file


def _file_from(body: Json) -> File:
    return File(**{**body, "channels": tuple(body["channels"])})
