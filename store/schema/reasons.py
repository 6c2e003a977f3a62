"""What is never done without a reason, whoever writes the row: a NULL passes a CHECK, no trigger."""

from __future__ import annotations

TABLES = (
    """CREATE TRIGGER a_return_has_a_reason BEFORE INSERT ON decisions
       WHEN NEW.kind = 'return' AND length(trim(coalesce(NEW.reason, ''))) = 0
       BEGIN SELECT RAISE(ABORT, 'a return has a reason'); END""",
    # What was 確認中 at the lock may be approved after it: whoever proposed the lock said why.
    """CREATE TRIGGER what_waits_is_locked_for_a_reason BEFORE INSERT ON locks
       WHEN NEW.kind = 'lock'
        AND EXISTS (SELECT 1 FROM open_submissions
           WHERE plan = NEW.plan AND collection = NEW.collection)
        AND (SELECT length(trim(coalesce(reason, ''))) FROM locks WHERE id = NEW.proposal) = 0
       BEGIN SELECT RAISE(ABORT, 'what waits is locked for a reason'); END""",
)
