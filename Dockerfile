# Howdah as one image: the web app, the worker and the commands of the console.
#   docker build -t howdah .
FROM node:20-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# As `npm run build` does, which would install the packages again.
RUN node --conditions=react-server --import tsx scripts/build-app.ts && npm prune --omit=dev --ignore-scripts && rm -rf .next/cache

FROM node:20-bookworm-slim
# pg_dump and pg_restore of every major that Howdah works on, from the PostgreSQL project's own Debian packages: the script
# that adds them comes with Debian.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
  && sh /usr/share/postgresql-common/pgdg/apt.*.sh -y \
  && apt-get install -y --no-install-recommends \
    postgresql-client-14 postgresql-client-15 postgresql-client-16 postgresql-client-17 postgresql-client-18 \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
ENV NODE_ENV=production \
  NEXT_TELEMETRY_DISABLED=1 \
  HOWDAH_DATA=/var/lib/howdah \
  HOSTNAME=0.0.0.0 \
  PORT=3000
COPY --from=build /app ./
# Backups, and what the seals' head is remembered by; nothing else is ever written.
RUN install -d -o node -g node -m 0700 /var/lib/howdah
VOLUME /var/lib/howdah
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/api/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Howdah ends in order within ten seconds; npm would not pass the signal on.
STOPSIGNAL SIGTERM
CMD ["node", ".next/standalone/server.js"]
