import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** As the compiler is told in `tsconfig.json`. */
const options = {
  configFile: false,
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    target: 'es2023',
  },
  module: { type: 'es6' },
};

/** Relative imports of sources carry the `.js` suffix that Node wants of what is built; beside them are `.ts`. */
export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return next(new URL('jest-globals.mjs', import.meta.url).href, context);
  if (isSource(context.parentURL) && /^\.{1,2}\/.*\.js$/.test(specifier)) {
    return next(specifier.replace(/js$/, 'ts'), context).catch(() => next(specifier, context));
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!isSource(url)) return next(url, context);
  const filename = fileURLToPath(new URL(url));
  const { code } = await transform(await readFile(filename, 'utf8'), { ...options, filename });
  return { format: 'module', source: code, shortCircuit: true };
}

function isSource(url) {
  return url !== undefined && /^file:[^?]*\.ts(?:\?|$)/.test(url);
}
