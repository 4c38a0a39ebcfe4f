"""Every occasion to tell somebody something was told once: by one message, and one mail in the mailbox."""

from __future__ import annotations

from collections import Counter

from deskcli.faults.checks.story import story_of
from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, Row
from deskcli.faults.ledger import Ledger


def check_mails(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("mails")
    timelines = evidence.timelines()
    found = Counter((str(row["request_id"]), row["template"], row["occasion"]) for row in evidence.messages)
    expected: Counter[tuple[str, str, str]] = Counter()
    for request in evidence.requests:
        key = str(request["request_id"])
        story = story_of(timelines.get(key, []), request["received_at"])
        expected.update((key, template, occasion) for template, occasion in story.mails)
    for one in expected.keys() | found.keys():
        verdict.compare(f"message {one[1]} {one[2]} about request {one[0]}", expected[one], found[one])
    _sent(evidence, verdict)
    return verdict


def _sent(evidence: Evidence, verdict: Verdict) -> None:
    requests = {str(row["request_id"]): row for row in evidence.requests}
    by_id = {mail_id.strip("<>").partition("@")[0]: mail for mail_id, mail in evidence.mails.items()}
    for message in evidence.messages:
        key = str(message["message_id"])
        wanted = _is_mailed(message, requests.get(str(message["request_id"])))
        if (message["state"] == "sent") != wanted:
            verdict.wrong.append(
                f"message {key} is {message['state']} ({message['error'] or message['reason']})"
            )
        verdict.compare(f"mail {key} ({message['template']})", int(wanted), int(key in by_id))
    known = {str(message["message_id"]) for message in evidence.messages}
    verdict.wrong += [f"mail {key} is of no message" for key in by_id if key not in known]
    verdict.wrong += [
        f"mail {message['message_id']} says something else than its message"
        for message in evidence.messages
        if (mail := by_id.get(str(message["message_id"]))) and _words(mail) != _words(message)
    ]


def _is_mailed(message: Row, request: Row | None) -> bool:
    return bool(request and request["notify"] and message["address"])


def _words(row: Row) -> list[str]:
    """Without what lies between them: folding a long header may double a space (Python 3.11 does)."""
    return str(row["subject"]).split()
