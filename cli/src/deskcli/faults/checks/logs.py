"""Every line that says error has an explanation. The explanations are a table; what is not in it is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, LogLine
from deskcli.faults.ledger import Ledger

# Process and words -> why it is to be expected when processes are killed.
EXPLAINED: tuple[tuple[str, str, str], ...] = (
    ("gateway", r"event=failed .*kind=(Unavailable|DeadlineExceeded|Overloaded)", "a 503"),
    ("rabbitmq", r"closing AMQP connection|Error on AMQP connection", "a client was killed"),
    ("rabbitmq", r"connection_forced.*'shutdown'|reason: shutdown", "it was told to stop"),
    ("rabbitmq", r"reason: noproc", "a client was killed; its channel was gone before its supervisor"),
    ("rabbitmq", r"rabbit_channel.* exception exit: noproc", "the same, told by the channel"),
    ("rabbitmq", r"no queue 'rpc-supplier_|Channel error .*'suppliers'", "the supplier came before dispatch"),
)


def check_logs(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("error lines explained", len(evidence.errors))
    verdict.wrong = [f"{text} ({count} times)" for text, count in strange(evidence.errors).most_common()]
    return verdict


def strange(errors: Iterable[LogLine]) -> Counter[str]:
    """What nothing explains, with how often it was said."""
    return Counter(f"{line.process}: {_shape(line.text)}" for line in errors if not explained(line))


def explained(line: LogLine) -> bool:
    return any(line.process == process and re.search(words, line.text) for process, words, _ in EXPLAINED)


def _shape(text: str) -> str:
    """Without what differs from line to line, so that the same error is counted as the same."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27,}", "<id>", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[ T][\d:.+]+", "<time>", text)
    return re.sub(r"<?0x[0-9a-f]+>?|<\d+\.\d+\.\d+>|\[\d+\]", "<>", text)[:300]
