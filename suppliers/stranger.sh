#!/bin/sh
# What a stranger does: build the wheel, install it in a fresh environment in an empty folder, write the program of the
# README, and rehearse it, over both lines. Needs a package index, as any installation does.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
cd "$empty"
python3 -m venv venv
# A copy: building must leave nothing behind in the checkout.
mkdir kit && cp -r "$here/pyproject.toml" "$here/README.md" "$here/src" kit/
venv/bin/pip wheel --quiet --no-deps --wheel-dir wheels ./kit
venv/bin/pip install --quiet wheels/supplierkit-*.whl
venv/bin/python - "$here/README.md" <<'END'
import pathlib, re, sys

broker, http = re.findall(r"```python\n(.*?)```", pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), re.DOTALL)[:2]
pathlib.Path("plumber.py").write_text(broker, encoding="utf-8")
pathlib.Path("posted.py").write_text(broker[: broker.index("if __name__")] + http, encoding="utf-8")
END
for module in plumber posted; do
    venv/bin/python -m supplierkit.rehearse "$module:Plumber" --wait 0
done
test ! -e orders.sqlite3
echo "a stranger can begin"
