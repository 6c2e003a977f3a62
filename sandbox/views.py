"""Modals and Home tabs: the view each user has before them, and the stack it stands on."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.clock import Clock
from sandbox.pulse import Pulse
from sandbox.store import Store
from sandbox.wire import Json

MODAL_STACK = 3


class Views:
    """The open modals (a stack for each user) and the published Home tabs.

    A view is the dict Slack shows of it; `sandbox` in it holds what is ours: user and version.
    """

    def __init__(self, store: Store, pulse: Pulse, clock: Clock) -> None:
        self._store = store
        self._pulse = pulse
        self._clock = clock
        self._views: dict[str, Json] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}
        self.load()

    def load(self) -> None:
        """Read what is kept."""
        self._views = dict(self._store.read("view"))
        self._stacks = {user: list(body["stack"]) for user, body in self._store.read("stack")}
        self._homes = {user: body["view_id"] for user, body in self._store.read("home")}

    def find(self, view_id: str) -> Json | None:
        """Return an open modal or a Home tab by its id."""
        return self._views.get(view_id)

    def by_external_id(self, external_id: str) -> Json | None:
        """Return the view with this external id."""
        found = (v for v in self._views.values() if external_id and v["external_id"] == external_id)
        return next(found, None)

    def stack(self, user: str) -> list[Json]:
        """Return a user's open modals, the one in front last."""
        return [self._views[view_id] for view_id in self._stacks.get(user, [])]

    def home(self, user: str) -> Json | None:
        """Return a user's Home tab, None if none was published."""
        return self._views.get(self._homes.get(user, ""))

    def changed_since(self, user: str, version: int) -> list[Json]:
        """Return the user's views that were opened or changed since, the one in front last."""
        mine = [*self.stack(user), *filter(None, [self.home(user)])]
        return [view for view in mine if view["sandbox"]["version"] > version]

    def put_in_front(self, view: Json, user: str, *, alone: bool) -> Json:
        """Open a modal over the user's others, or `alone` in place of them."""
        if alone:
            self.close_all(user)
        stack = self._stacks.setdefault(user, [])
        view["previous_view_id"] = stack[-1] if stack else None
        view["root_view_id"] = stack[0] if stack else view["id"]
        self._keep(view, user)
        stack.append(view["id"])
        self._store.put("stack", user, {"stack": stack})
        return view

    def publish(self, view: Json, user: str) -> Json:
        """Make a view the user's Home tab, under the id of the one before."""
        view["id"] = view["root_view_id"] = self._homes.get(user, view["id"])
        self._keep(view, user)
        self._homes[user] = view["id"]
        self._store.put("home", user, {"view_id": view["id"]})
        return view

    def change(self, view: Json, **parts: Any) -> Json:
        """Replace parts of a view; it gets a new hash."""
        changed = {**view, **parts, "hash": self.new_hash()}
        self._keep(changed, view["sandbox"]["user"])
        return changed

    def remember_values(self, view: Json, values: Json) -> Json:
        """Keep what the user has filled in so far. The hash stays: the bot's view is the same."""
        changed = {**view, "state": {"values": values}}
        self._store.put("view", view["id"], changed)
        self._views[view["id"]] = changed
        return changed

    def close(self, view_id: str) -> None:
        """Take one modal away; those on top of it go too."""
        user = self._views[view_id]["sandbox"]["user"]
        stack = self._stacks[user]
        for gone in stack[stack.index(view_id) :]:
            self._views.pop(gone)
            self._store.drop("view", gone)
        self._stacks[user] = stack[: stack.index(view_id)]
        self._store.put("stack", user, {"stack": self._stacks[user]})
        self._pulse.beat()

    def close_all(self, user: str) -> None:
        """Take all of a user's modals away."""
        if self._stacks.get(user):
            self.close(self._stacks[user][0])

    def new_hash(self) -> str:
        """Return a hash for a view, in Slack's form."""
        return f"{int(self._clock.now().timestamp())}.{secrets.token_hex(4)}"

    def _keep(self, view: Json, user: str) -> None:
        view["sandbox"] = {"user": user, "version": self._pulse.beat()}
        self._store.put("view", view["id"], view)
        self._views[view["id"]] = view


def public(view: Json) -> Json:
    """Return a view as Slack shows it."""
    return {key: value for key, value in view.items() if key != "sandbox"}
