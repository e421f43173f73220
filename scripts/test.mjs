import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, install, root } from './installation.mjs';

install();
// Some tests start the processes as they are shipped.
build();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
const tests = spawn(process.execPath, [...flags, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
tests.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
