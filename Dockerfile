# Builds once; each process of Spårbar is this image with another command.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY apps apps
COPY libs libs
# A compiler plugin of @nestjs/swagger, which is not used here, may want TypeScript: so npm keeps it.
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -r node_modules/typescript

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY data data
# Nothing of the image is written to; keys and embedded stores go to a volume of the user's own.
RUN ln -s /app/dist/apps/cli/src/main.js /usr/local/bin/sparbar && chmod +x dist/apps/cli/src/main.js
RUN install -d -o node -g node /keys /var/lib/sparbar
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/src/main.js"]
