FROM node:24-slim AS panel

WORKDIR /funil
COPY package.json package-lock.json .npmrc ./
RUN npm install --ignore-scripts
COPY docs docs
COPY panel panel
COPY tsconfig.json ./
RUN npm run panel:build

FROM node:24-slim

WORKDIR /funil
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev && npm cache clean --force
COPY bin bin
COPY migrations migrations
COPY server server
COPY --from=panel /funil/panel/dist panel/dist
COPY LICENSE ./
RUN mkdir /data && chown node:node /data

ENV NODE_ENV=production HOST=0.0.0.0 FUNIL_DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["bin/funil", "serve"]
