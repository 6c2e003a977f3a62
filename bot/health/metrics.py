"""The signs as Prometheus reads them."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from bot.health.signs import Signs, ailing, unready

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics(signs: Signs) -> bytes:
    """All of them in the text format."""
    registry = CollectorRegistry()
    registry.register(_Told(signs))
    return generate_latest(registry)


class _Told(Collector):
    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    def collect(self) -> Iterator[Metric]:
        signs = self._signs
        for name, said, value in (
            ("kpibot_alive", "1 while a restart would not help", float(not ailing(signs))),
            ("kpibot_ready", "1 while it can be relied on", float(not unready(signs))),
            ("kpibot_pong_age_seconds", "silence of the line to Slack", signs.silent),
            ("kpibot_tick_age_seconds", "since what is due was last looked for", signs.since_tick),
            ("kpibot_write_seconds", "an empty transaction; NaN: impossible", _number(signs.write)),
            ("kpibot_disk_free_bytes", "free where the data is", float(signs.disk_free)),
            ("kpibot_wal_bytes", "size of the write-ahead log", float(signs.wal)),
            ("kpibot_socket_reconnects", "silent lines that were cut", float(signs.reconnects)),
            ("kpibot_outbox_oldest_due_seconds", "how long a post is overdue", signs.oldest_due),
            ("kpibot_history_altered", "1 once a night found it so", float(signs.altered)),
            ("kpibot_backup_age_seconds", "of the newest copy; NaN: none", _number(signs.backup)),
        ):
            yield GaugeMetricFamily(name, said, value=value)
        rows = GaugeMetricFamily("kpibot_outbox_rows", "messages by state", labels=["state"])
        for state, count in signs.outbox.items():
            rows.add_metric([state], float(count))
        yield rows
        answers = CounterMetricFamily("kpibot_http_requests", "by status", labels=["status"])
        for status, count in signs.answers.items():
            answers.add_metric([str(status)], float(count))
        yield answers


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
