# The image of ferry-node, which keeps pieces for others on a computer that is always on.
# Built from the repository's root: docker build --file infra/node.Dockerfile --tag ferry-node .

FROM node:24.19.0-bookworm-slim AS build
WORKDIR /ferry
RUN npm install --global pnpm@12.21.0
# What the lockfile names, first: it changes more rarely than the sources.
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN pnpm fetch
COPY . .
RUN pnpm install --offline --frozen-lockfile --filter '@ferry/node...'
RUN pnpm --filter @ferry/node run build
# Its folder with its own dependencies, and no links out of it.
RUN pnpm --filter @ferry/node deploy --prod --legacy /node

FROM node:24.19.0-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data HEALTH_FILE=/tmp/connected
COPY --from=build /node/package.json /ferry/apps/node/package.json
COPY --from=build /node/node_modules /ferry/apps/node/node_modules
COPY --from=build /ferry/apps/node/dist /ferry/apps/node/dist
# A volume that is mounted here takes over whose it is.
RUN install -d -o node -g node -m 0700 /data
USER node
WORKDIR /ferry
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "process.exit(Date.now() - require('node:fs').statSync(process.env.HEALTH_FILE).mtimeMs < 60000 ? 0 : 1)"]
CMD ["node", "apps/node/dist/ferry-node.mjs"]
