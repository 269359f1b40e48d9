# One image for all processes: web (the default), drainer, worker and scheduler (see docker-compose.yml).

# The style sheets, scripts and pictures.
FROM node:24-slim AS assets
WORKDIR /srv/findfusion/assets
COPY assets/package.json assets/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY assets/ ./
RUN npm run build

# The packages, each checked against its hash.
FROM python:3.13-slim AS packages
RUN python -m venv /srv/venv
COPY requirements.lock /tmp/
RUN /srv/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement /tmp/requirements.lock

FROM python:3.13-slim
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/srv/findfusion-var
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin findfusion \
    && install --directory --owner findfusion --group findfusion /srv/findfusion-var
WORKDIR /srv/findfusion
COPY --from=packages /srv/venv /srv/venv
COPY . .
COPY --from=assets /srv/findfusion/static ./static
# Gathered under names that hold a hash, compressed, and served by the web process itself. Only the
# settings of the files count here; the real ones come with the environment.
RUN SECRET_KEY=unused-while-building python manage.py collectstatic --no-input --verbosity 0
USER findfusion
VOLUME /srv/findfusion-var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "bin/healthy"]
# The start-up checks speak first: a wrong setting stops the container with its cure in the log.
CMD ["sh", "-c", "python manage.py check && exec gunicorn findfusion.wsgi --bind 0.0.0.0:8000 --workers ${WEB_WORKERS:-3} --threads ${WEB_THREADS:-2} --worker-tmp-dir /dev/shm --no-control-socket --max-requests 2000 --max-requests-jitter 200"]
