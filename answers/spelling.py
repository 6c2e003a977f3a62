"""One spelling for names: the store's own (`store.spelling`), since its search reads by it too."""

from __future__ import annotations

from store.spelling import key

__all__ = ["key"]
