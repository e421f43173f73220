import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLibraries } from './bundle-libraries.mjs';
import { root } from './installation.mjs';

const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// `#kernel` and its like name sources, for every tool that reads them. What was built finds this nearer package.json first,
// in which the same names lead to what was built.
const { imports, name, type, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const dist = join(root, 'dist');
const built = Object.fromEntries(Object.entries(imports).map(([key, source]) => [key, source.replace(/\.ts$/, '.js')]));
await bundleLibraries(dist, built);
built['#libraries/*'] = './libraries/*.js';
writeFileSync(join(dist, 'package.json'), JSON.stringify({ name, version, type, imports: built }, null, 2));
