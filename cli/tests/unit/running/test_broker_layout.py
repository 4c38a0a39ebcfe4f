"""Who is on the broker from its first boot."""

from __future__ import annotations

from deskcli.broker_layout import VHOSTS, as_user, broker_users
from deskcli.secret_store import Secrets
from servicekit.embedded.broker_users import definitions


def test_no_supplier_is_on_the_broker_from_its_first_boot() -> None:
    """Else one who was shut out would be in again after a restart."""
    made = definitions(VHOSTS, broker_users(Secrets(suppliers={"supplier_vonk_val": "secret"})))
    assert [user["name"] for user in made["users"]] == ["desk", "desk_admin"]


def test_who_lets_suppliers_in_can_neither_read_nor_write_a_message() -> None:
    made = definitions(VHOSTS, broker_users(Secrets()))
    assert {permission["user"] for permission in made["permissions"]} == {"desk"}
    assert [user["tags"] for user in made["users"]] == [[], ["administrator"]]


def test_the_address_of_another_user_keeps_host_and_vhost() -> None:
    url = as_user("amqp://desk:one@127.0.0.1:5672/suppliers", "supplier_vonk_val", "two")
    assert url == "amqp://supplier_vonk_val:two@127.0.0.1:5672/suppliers"
