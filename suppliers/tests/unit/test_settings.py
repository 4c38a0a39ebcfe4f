from __future__ import annotations

import json
from pathlib import Path

import pytest
from demo_supplier.settings import Settings
from supplierkit.webhooks import Webhooks

URL = "amqp://supplier_vonk_val:one@localhost/suppliers"
GIVEN = {"token": "sdp_x", "secret": "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="}


def by_http(file: Path) -> dict[str, str]:
    return {"SUPPLIER_DESK_URL": "http://127.0.0.1:8000", "SUPPLIER_CREDENTIALS": str(file)}


def test_a_line_is_needed() -> None:
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


def test_by_http_it_takes_what_the_desk_gave_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "given.json"
    file.write_text(json.dumps(GIVEN))
    assert isinstance(Settings.from_environment(by_http(file)).line, Webhooks)


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"token": "x", "secret": "whsec_no"}'])
def test_a_file_without_it_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "given.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SystemExit, match=r"given\.json"):
        Settings.from_environment(by_http(file))
