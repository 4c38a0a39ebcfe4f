"""What only somebody knows who knows the trade: with it operations are reached that are more than a form.

`fits` says which things an operation can be about; the others, by subject, make a body that was composed from
the schema into what somebody would send who knows what it is about.
"""

from __future__ import annotations

import copy

from deskcli.fuzzing.document import Json
from deskcli.fuzzing.knowledge import catalogue, dispatching, house, requests
from deskcli.fuzzing.knowledge.fits import LETTING_IN, fitting
from deskcli.fuzzing.sensible import Composer

__all__ = ["LETTING_IN", "PROGRAMS", "file_for", "fitting", "informed", "path_for"]

AMENDMENTS = {**requests.AMENDMENTS, **catalogue.AMENDMENTS, **dispatching.AMENDMENTS, **house.AMENDMENTS}
PATHS = {**requests.PATHS, **house.PATHS}
PROGRAMS = house.PROGRAMS


def informed(operation: str, body: Json, composer: Composer) -> Json:
    """The body as somebody would send it who knows what the operation is about."""
    amend = AMENDMENTS.get(operation)
    return amend(copy.deepcopy(body), composer) if amend else body


def path_for(operation: str, composer: Composer) -> Json:
    """The variables of an address that belong together, for what has more to it than the thing itself."""
    return PATHS[operation](composer) if operation in PATHS else {}


def file_for(operation: str, composer: Composer) -> tuple[str, str, bytes] | None:
    """The file that this operation takes; None: any that is kept with a request."""
    return catalogue.file(composer) if operation == "add_catalogue_file" else None
