# The stages "python", "builder" and "kit" read alike in every image: they are built once, their layers are shared.
ARG BASE=debian:bookworm-slim

# --- python: what runs; nothing in it compiles or installs
FROM ${BASE} AS python
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
ENV PATH=/app/bin:$PATH PYTHONPATH=/service PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LANG=C.UTF-8 TZ=UTC

# --- builder: what installs, in /tools, and an empty environment, /app
FROM python AS builder
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
WORKDIR /build
COPY ops/containers/build.lock ./
RUN --mount=type=cache,target=/root/.cache/pip \
    python3 -m venv /tools && python3 -m venv --without-pip /app \
 && /tools/bin/pip install --quiet --require-hashes -r build.lock
COPY requirements.lock ops/containers/locked.py ./

# --- kit: servicekit with all that it needs, from the lock
FROM builder AS kit
COPY servicekit/pyproject.toml servicekit/
COPY contracts/pyproject.toml contracts/
RUN --mount=type=cache,target=/root/.cache/pip \
    python3 locked.py requirements.lock servicekit > kit.txt \
 && /tools/bin/pip --python /app/bin/python install --quiet --require-hashes -r kit.txt
COPY servicekit servicekit
COPY contracts contracts
RUN /tools/bin/pip wheel --quiet --no-index --no-deps --no-build-isolation -w wheels ./contracts ./servicekit \
 && /tools/bin/pip --python /app/bin/python install --quiet --no-index --no-deps wheels/*.whl
COPY ops/containers/bin/check-imports /usr/local/bin/
