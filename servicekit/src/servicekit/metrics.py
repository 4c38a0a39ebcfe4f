"""Figures that every service keeps; read at /metrics of its health port."""

from prometheus_client import Counter, Gauge, Histogram

FACTS_SENT = Counter("servicekit_facts_sent_total", "Facts confirmed by the broker")
FACTS_HANDLED = Counter("servicekit_facts_handled_total", "Facts handled", ["type", "outcome"])
OUTBOX_LAG = Gauge("servicekit_outbox_lag_seconds", "Age of the oldest fact that is not sent yet")
CALLS = Counter("servicekit_calls_total", "Calls answered", ["method", "outcome"])
CALL_SECONDS = Histogram(
    "servicekit_call_seconds",
    "Seconds from taking a call to answering it",
    ["method"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
BATCH_SIZE = Histogram(
    "servicekit_fact_batch_size", "Facts handled in one transaction", buckets=(1, 2, 5, 10, 20, 50)
)
