from __future__ import annotations

import pytest
from demo_supplier.settings import Settings

URL = "amqp://supplier_vonk_val:one@localhost/suppliers"


def test_the_address_is_needed() -> None:
    with pytest.raises(SystemExit, match="SUPPLIER_AMQP_URL"):
        Settings.from_environment({})


def test_a_mode_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(SystemExit, match="accept, refuse"):
        Settings.from_environment({"SUPPLIER_AMQP_URL": URL, "SUPPLIER_MODE": "lazy"})


def test_each_desk_has_its_own_record() -> None:
    one = Settings.from_environment({"SUPPLIER_AMQP_URL": URL})
    same = Settings.from_environment({"SUPPLIER_AMQP_URL": URL})
    other = Settings.from_environment({"SUPPLIER_AMQP_URL": URL.replace("one", "two")})
    assert one.record == same.record != other.record
