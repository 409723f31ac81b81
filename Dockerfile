# syntax=docker/dockerfile:1
# Two stages: what builds stays behind; what runs is Python, the locked packages and repmon, as a user without rights.

FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python3 -m venv /opt/repmon \
 && /opt/repmon/bin/python -m pip install --quiet --require-hashes -r requirements.txt \
 && python3 -m venv /opt/build \
 && /opt/build/bin/python -m pip install --quiet --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY repmon repmon
COPY connectors connectors
RUN /opt/build/bin/python -m build --wheel --no-isolation --outdir /dist \
 && /opt/repmon/bin/python -m pip install --quiet --no-deps /dist/*.whl \
 && /opt/repmon/bin/python -m compileall -q /opt/repmon/lib

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="repmon" \
      org.opencontainers.image.description="The self-hosted review desk for small businesses" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin repmon \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/repmon /opt/repmon
ENV PATH=/opt/repmon/bin:$PATH PYTHONUNBUFFERED=1 REPMON_CONFIG=/data/config.toml
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=5s --start-period=30s \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8081/healthz', timeout=4)"]
ENTRYPOINT ["repmon"]
CMD ["run"]
