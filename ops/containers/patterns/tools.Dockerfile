# --- own: the command line with what it needs beyond the kit, in /service
FROM kit AS own
RUN --mount=type=cache,target=/root/.cache/pip \
    python3 locked.py requirements.lock click rich aiosmtpd requests --without servicekit > own.txt \
 && /tools/bin/pip --python /app/bin/python install --quiet --no-deps --require-hashes --target /service -r own.txt \
 && /tools/bin/pip --python /app/bin/python check
COPY cli/src/deskcli /service/cli/src/deskcli
COPY @PART@/desktools /service/desktools
RUN /app/bin/python -m compileall -q /service

# --- the image: what surrounds the services at the start, the demo's mailbox and its seed
FROM python
# New volumes take the owner of these folders.
RUN install -d -o 10001 -g 10001 -m 700 /definitions /mails /access /files && install -d -o 10001 -g 10001 /clock
COPY --from=kit /app /app
COPY --from=own /service /service
COPY ops/containers/bin/healthy /usr/local/bin/
ENV HEALTH_PORT=9000 PYTHONPATH=/service:/service/cli/src
LABEL org.opencontainers.image.title="servicedesk-tools"
USER 10001:10001
CMD ["python", "-P", "-m", "desktools.prepare"]
