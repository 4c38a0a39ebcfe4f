# --- own: supplierkit as any supplier installs it, and the demo supplier beside it
FROM builder AS own
COPY @PART@/pyproject.toml @PART@/
RUN --mount=type=cache,target=/root/.cache/pip \
    python3 locked.py requirements.lock @PART@ > own.txt \
 && /tools/bin/pip --python /app/bin/python install --quiet --require-hashes -r own.txt
COPY @PART@ @PART@
RUN /tools/bin/pip wheel --quiet --no-index --no-deps --no-build-isolation -w own ./@PART@ \
 && /tools/bin/pip --python /app/bin/python install --quiet --no-index --no-deps own/*.whl \
 && /tools/bin/pip --python /app/bin/python check \
 && cp -r @PART@/src/demo_supplier /app/lib/python3*/site-packages/ \
 && /app/bin/python -m compileall -q /app/lib

# --- the image
FROM python
RUN install -d -o 10001 -g 10001 -m 700 /record
COPY --from=own /app /app
ENV SUPPLIER_RECORD=/record/orders.sqlite3
LABEL org.opencontainers.image.title="servicedesk-demo-supplier"
USER 10001:10001
CMD ["python", "-P", "-m", "demo_supplier"]
