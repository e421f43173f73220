import { build, install } from './installation.mjs';

// What `npm pack` packs is what runs, as it is now.
install();
build();
