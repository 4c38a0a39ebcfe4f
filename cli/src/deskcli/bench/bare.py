"""The bare minimum to compare with: one HTTP route, one RPC, one INSERT and COMMIT, with nameko as it comes.

`python bare.py front|back` with AMQP_URL, and HTTP_PORT or DATABASE_URL in its environment.
"""

import servicekit.green  # noqa: F401  isort: skip  (eventlet patches before anything else is imported)

import json
import os
import signal
import sys
from typing import Any

import eventlet
import sqlalchemy as sa
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider
from nameko.rpc import RpcProxy, rpc
from nameko.web.handlers import http
from servicekit.embedded.ports import LOOPBACK

from servicekit import database

TABLE = (
    "CREATE TABLE IF NOT EXISTS bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL)"
)


class Database(DependencyProvider):
    """A pool of connections, as the services have it."""

    def setup(self) -> None:
        self.engine = database.create_engine(os.environ["DATABASE_URL"])
        with self.engine.begin() as connection:
            connection.execute(sa.text(TABLE))

    def get_dependency(self, worker_ctx: Any) -> sa.Engine:
        return self.engine


class Back:
    name = "bare_back"
    engine = Database()

    @rpc
    def keep(self, text: str) -> int:
        with self.engine.begin() as connection:
            statement = sa.text("INSERT INTO bare (text) VALUES (:text) RETURNING id")
            return int(connection.execute(statement, {"text": text}).scalar_one())


class Front:
    name = "bare_front"
    back = RpcProxy("bare_back")

    @http("POST", "/things")
    def create(self, request: Any) -> tuple[int, str]:
        text = json.loads(request.get_data(as_text=True))["text"]
        return 201, json.dumps({"id": self.back.keep(text)})

    @http("GET", "/livez")
    def livez(self, _request: Any) -> str:
        return "ok"


def main(part: str) -> None:
    config = {
        "AMQP_URI": os.environ["AMQP_URL"],
        "WEB_SERVER_ADDRESS": f"{LOOPBACK}:{os.environ.get('HTTP_PORT', '0')}",
    }
    container = ServiceContainer({"front": Front, "back": Back}[part], config)
    signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(container.kill))
    container.start()
    container.wait()


if __name__ == "__main__":
    main(sys.argv[1])
