"""Put the demo organisation in through the HTTP API, as `./desk up` does. May be repeated."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from deskcli.demo import seed
from deskcli.demo.admission import admit
from deskcli.demo.webhook_supplier import Place, settle
from deskcli.secret_store import Secrets

from .secret_files import password_in, read

if __name__ == "__main__":
    secrets = Secrets(
        bootstrap_token=read("bootstrap_token"),
        demo_password=read("demo_password"),
        suppliers={"supplier_vonk_val": password_in("supplier_vonk_val_amqp_url")},
    )
    seed(os.environ["GATEWAY_URL"], secrets)
    admit(os.environ["GATEWAY_URL"], secrets)
    place = Place(8080, os.environ["SUPPLIER_ADDRESS"], Path(os.environ["SUPPLIER_CREDENTIALS"]))
    settle(os.environ["GATEWAY_URL"], secrets.bootstrap_token, place)
    sys.stdout.write("the demo organisation is there\n")
