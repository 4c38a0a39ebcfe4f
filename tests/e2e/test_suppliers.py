"""Letting suppliers in and shutting them out with `./desk supplier`, in the whole system."""

from __future__ import annotations

import json
import re

import amqp
import pytest
from click.testing import CliRunner
from deskcli.commands.supplier import command
from deskcli.demo import webhook_supplier
from deskcli.demo.admission import admit
from deskcli.importing.api import Api
from deskcli.system import System
from servicekit.amqp.link import connection_arguments
from servicekit.embedded.broker_users import password_hash
from servicekit.testing.probes import until

USER = "supplier_vonk_val"


def supplier(system: System, *words: str, fails: bool = False) -> str:
    """What `./desk supplier ...` prints."""
    done = CliRunner().invoke(command, [*words, "--state", str(system.layout.folder)])
    assert (done.exit_code != 0) is fails, done.output
    return done.output


def comes_in(url: str) -> bool:
    connection = amqp.Connection(**connection_arguments(url), connect_timeout=5)
    try:
        connection.connect()
    except (amqp.AMQPError, OSError):
        return False
    finally:
        connection.collect()
    return True


@pytest.fixture
def demo_password(system: System) -> str:
    """The address of the demo's supplier, who is let in with it again afterwards."""
    return system.urls[f"{USER} broker"]


def test_who_was_shut_out_stays_out_over_a_restart_and_comes_in_by_an_invitation(
    system: System, demo_password: str
) -> None:
    assert re.search(r"vonk-val +rpc +granted", supplier(system, "list"))
    assert comes_in(demo_password)
    assert "shut out" in supplier(system, "revoke", "vonk-val")
    for process in ("rabbitmq", "dispatch"):
        system.restart_process(process)
    assert admit(system.urls["gateway"], system.secrets) == []  # what every start of ./desk up does
    assert not comes_in(demo_password)
    assert re.search(r"vonk-val +rpc +revoked", supplier(system, "list"))

    shown = supplier(system, "invite", "Vonk & Val")
    (url,) = re.findall(r"amqp://\S+", shown)
    assert comes_in(url)
    assert not comes_in(demo_password)
    assert url not in supplier(system, "list")

    with Api(system.urls["gateway"], system.secrets.bootstrap_token) as api:
        (row,) = [one for one in api.get("/suppliers")["items"] if one["slug"] == "vonk-val"]
        given = {"passwordHash": password_hash(system.secrets.suppliers[USER])}
        assert api.post(f"/suppliers/{row['providerId']}/access", given)["credential"] is None
    until(lambda: comes_in(demo_password), 10)


def test_a_supplier_with_a_webhook_gets_a_secret_and_a_token(system: System) -> None:
    """With which its program comes in from then on: what it had before is worth nothing."""
    shown = supplier(system, "invite", "lepel-lade")
    (secret,), (token,) = re.findall(r"whsec_\S+", shown), re.findall(r"sdp_\S+", shown)
    kept = system.layout.data / f"{webhook_supplier.PROCESS}.json"
    kept.write_text(json.dumps({"token": token, "secret": secret}), encoding="utf-8")
    system.restart_process(webhook_supplier.PROCESS)


def test_a_name_that_is_none_is_said_to_be_so(system: System) -> None:
    assert "there are: bezemwijs" in supplier(system, "invite", "nobody", fails=True)
