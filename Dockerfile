# Pandu in a container. Build: docker build -t pandu .   Run: see README.md, "On a server".
# This image brings the runtime, so the packages that carry one for other machines are left out (--omit=optional).
FROM node:26-slim

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional && npm cache clean --force

COPY LICENSE README.md ./
COPY flows flows
COPY src src

# What is kept lives outside the image, in a folder that only Pandu's user can read.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node

# Inside a container 127.0.0.1 would reach nobody. Publish the port on the host's loopback (-p 127.0.0.1:3000:3000) and
# put a proxy with TLS in front; nothing here encrypts.
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
EXPOSE 3000

HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Without npm in between, so that SIGTERM reaches Pandu itself and it can finish what it is saying.
CMD ["node", "src/main.ts", "start"]
