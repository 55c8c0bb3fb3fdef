# The site with its demonstration, for compose.yaml. Not a production image: see README.md for that.
FROM node:22-slim AS assets
WORKDIR /build/assets
COPY assets/package.json assets/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY assets ./
RUN npm run build

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 DJANGO_SETTINGS_MODULE=guidance_site.settings.dev
WORKDIR /site
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . ./
COPY --from=assets /build/assets/dist assets/dist
RUN useradd --create-home site && mkdir -p var && chown -R site var
USER site
EXPOSE 8000
CMD ["sh", "-c", "python manage.py migrate --verbosity 0 \
    && python manage.py load_demonstration \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python manage.py rebuild_search \
    && exec gunicorn guidance_site.wsgi --bind 0.0.0.0:8000 --workers 2 --threads 4 --preload --timeout 120"]
