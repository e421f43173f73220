#!/usr/bin/env node
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { build, install, root } from './installation.mjs';

install();
build();
await import(pathToFileURL(join(root, 'dist', 'apps', 'cli', 'src', 'main.js')).href);
