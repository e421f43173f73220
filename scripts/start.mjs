import * as module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { build, install, root } from './installation.mjs';

install();
build();
// A Node that can keeps what it has compiled for the next start.
module.enableCompileCache?.();
// A start makes much that is soon let go of. Where the room for what is new does not grow meanwhile, it takes 25 MB less.
setFlagsFromString('--semi-space-growth-factor=1');
await import(pathToFileURL(join(root, 'dist', 'apps', 'standalone', 'src', 'main.js')).href);
setFlagsFromString('--semi-space-growth-factor=2');
