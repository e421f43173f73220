import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** The files of `swagger-ui-dist` that the page asks for. */
const files = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const;

/** Where the explorer is, and what it tells of. */
export interface Explored {
  readonly path: string;
  readonly document: string;
}

/** Lets whoever has a browser read the document of the API, and try its requests. Nothing of it is loaded until it is asked for. */
export function serveExplorer(fastify: FastifyInstance, { document, path }: Explored): void {
  const page = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Spårbar API</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<link rel="stylesheet" href="${path}/swagger-ui.css"></head>`,
    `<body><div id="explorer"></div><script src="${path}/swagger-ui-bundle.js"></script>`,
    `<script src="${path}/explore.js"></script></body></html>`,
  ].join('');
  const start = `SwaggerUIBundle({ url: ${JSON.stringify(document)}, dom_id: '#explorer', deepLinking: true });`;
  for (const address of [path, `${path}/`]) {
    fastify.get(address, async (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  }
  fastify.get(`${path}/explore.js`, async (_, reply) => reply.type('text/javascript; charset=utf-8').send(start));
  for (const [name, type] of Object.entries(files)) {
    fastify.get(`${path}/${name}`, async (_, reply) => reply.type(type).send(createReadStream(pathOf(name))));
  }
}

/** It comes with what describes the API. */
const pathOf = (file: string): string =>
  join(dirname(createRequire(import.meta.resolve('@nestjs/swagger')).resolve('swagger-ui-dist/package.json')), file);
