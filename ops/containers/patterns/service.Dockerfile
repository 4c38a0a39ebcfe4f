# --- own: the service, and what it needs beyond the kit, in /service
FROM kit AS own
COPY @PART@/pyproject.toml @PART@/
RUN --mount=type=cache,target=/root/.cache/pip \
    python3 locked.py requirements.lock @PART@ --without servicekit > own.txt \
 && /tools/bin/pip --python /app/bin/python install --quiet --no-deps --require-hashes --target /service -r own.txt
COPY @PART@ @PART@
RUN /tools/bin/pip wheel --quiet --no-index --no-deps --no-build-isolation -w own ./@PART@ \
 && /tools/bin/pip --python /app/bin/python install --quiet --no-index --no-deps --target /service own/*.whl \
 && /tools/bin/pip --python /app/bin/python check \
 && check-imports servicekit deskcontracts @SERVICE@

# --- the image
FROM python
COPY --from=kit /app /app
COPY --from=own /service /service
COPY ops/containers/bin/healthy ops/containers/bin/migrate /usr/local/bin/
ARG VERSION=dev
# Two memory arenas: with one per thread, what password hashing has used once stays taken in each of its threads.
ENV SERVICE=@SERVICE@ SERVICE_VERSION=${VERSION} HEALTH_HOST=0.0.0.0 HEALTH_PORT=9000 MALLOC_ARENA_MAX=2
LABEL org.opencontainers.image.title="servicedesk-@SERVICE@" org.opencontainers.image.version="${VERSION}"
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=10s --start-period=60s --retries=5 CMD ["healthy", "/readyz"]
CMD ["python", "-P", "-m", "@SERVICE@"]
