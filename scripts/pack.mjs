import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './installation.mjs';

// What is packed is pinned as the repository is: whoever installs it gets the versions that were tested, and nothing beside them.
const pinned = join(root, 'npm-shrinkwrap.json');
if (process.argv[2] === 'after') rmSync(pinned, { force: true });
else {
  install();
  build();
  copyFileSync(join(root, 'package-lock.json'), pinned);
}
