import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, install, root } from './installation.mjs';
import { OutputWatch } from './output-watch.mjs';

install();
// Some tests start the processes as they are shipped.
build();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const watch = new OutputWatch();
const tests = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['inherit', 'pipe', 'pipe'],
  env: { ...process.env, SPEC_OUTPUT: watch.folder, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
});
watch.pass(tests.stdout, process.stdout);
watch.pass(tests.stderr, process.stderr);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
tests.on('close', (code, signal) => {
  const told = watch.end();
  if (told) console.error('FAILED: a password was printed');
  process.exitCode = told ? 1 : (code ?? (signal ? 1 : 0));
});
