# The sidecar (target `headroom`, the default) and a Grafana with the plugin in it (target `grafana`).
ARG NODE_IMAGE=node:24-bookworm-slim
ARG GRAFANA_IMAGE=grafana/grafana:13.1.0

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE_IMAGE} AS packages
WORKDIR /packages
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM ${GRAFANA_IMAGE} AS grafana
COPY --from=build --chown=root:root /build/dist /usr/share/grafana-plugins/headroom-capacity-app
ENV GF_PATHS_PLUGINS=/usr/share/grafana-plugins \
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS=headroom-capacity-app,headroom-forecastband-panel,headroom-shortfalltimeline-panel,headroom-recommendation-panel

FROM ${NODE_IMAGE} AS headroom
LABEL org.opencontainers.image.title="Headroom" \
      org.opencontainers.image.description="Forecasts, simulates and recommends capacity" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /headroom
# The root file system may be read-only: what is kept lies in the volume alone.
ENV NODE_ENV=production \
    HEADROOM_LISTEN=0.0.0.0:8370 \
    HEADROOM_DATA_DIR=/var/lib/headroom
RUN mkdir -p /var/lib/headroom && chown 1000:1000 /var/lib/headroom
COPY package.json LICENSE ./
COPY --from=packages /packages/node_modules node_modules
COPY backend backend
COPY contract contract
COPY --from=build /build/dist dist
COPY --from=build /build/workbench/dist workbench/dist
USER 1000:1000
VOLUME /var/lib/headroom
EXPOSE 8370
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:8370/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "backend/headroom.mjs"]
CMD ["serve"]
