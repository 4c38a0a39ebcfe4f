"""Reading other people's files: a mapping says how the columns of a CSV become requests or products of ours.

    mapping = load("incident-event-log")            # shipped, or a dict of the same form from --map
    records, refused = interpret(mapping, rows, zone)

Everything here is pure: no clock, no service. `records` go as they are to `intake.import_requests` or
`catalog.import_products` (by `mapping.target`); `refused` is [{line, key, reason}].
The form of a mapping is described in `mapping.py`, the fields it may fill in `targets.py`.
"""

from gateway.imports.interpret import interpret
from gateway.imports.mapping import Mapping, MappingInvalid
from gateway.imports.shipped import load, recognise, shipped

__all__ = ["Mapping", "MappingInvalid", "interpret", "load", "recognise", "shipped"]
