# syntax=docker/dockerfile:1
# Built in one stage, run in another: the image holds Python, the locked dependencies and the project, no build tools.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/statements
COPY requirements-runtime.lock /src/
RUN /opt/statements/bin/pip install --require-hashes -r /src/requirements-runtime.lock
# The project last, so that a change of its code does not fetch the dependencies again.
COPY requirements.lock /src/
RUN python -m venv /opt/build && /opt/build/bin/pip install --require-hashes -r /src/requirements.lock
COPY pyproject.toml README.md LICENSE /src/
COPY schemas /src/schemas
COPY seeds /src/seeds
COPY streams /src/streams
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /src/dist /src \
 && /opt/statements/bin/pip install --no-deps /src/dist/*.whl \
 && /opt/statements/bin/python -m compileall -q /opt/statements/lib

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="diplomatic-statements" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/statements statements
COPY --from=build /opt/statements /opt/statements
ENV PATH=/opt/statements/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /var/lib/statements
USER 10001
EXPOSE 6066
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('STATEMENTS_WEB_PORT', '6066') + '/healthz', timeout=4)"]
ENTRYPOINT ["statements"]
CMD ["worker"]
