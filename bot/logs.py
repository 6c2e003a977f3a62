"""Logs: one JSON object a line on stderr, and no secret in any of them."""

from __future__ import annotations

import logging
import re
import sys

import structlog
from structlog.types import EventDict, WrappedLogger

SECRET = re.compile(
    r"(xox[a-z]-|xapp-|xwfp-)[\w-]+|ticket=[\w%-]+|hooks\.slack\.com/\S+|/(actions|commands)/T\w+/\S+"
    r"|v0=[0-9a-f]{64}"
)


def log_to_stderr(level: str) -> None:
    """Send our log and that of the libraries to stderr, masked."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Bodies and tickets are logged below INFO by these; APScheduler tells of every tick at INFO.
    for name in ("slack_sdk", "slack_bolt"):
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.INFO))
    # What it knows of a connection that breaks, slack_sdk says as well.
    logging.getLogger("websocket").propagate = False
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def mask(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace whatever looks like a token, a ticket or a one-time address."""
    return {key: SECRET.sub("***", v) if isinstance(v, str) else v for key, v in event.items()}
