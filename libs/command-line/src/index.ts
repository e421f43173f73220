export { sparbar } from './program.js';
export { commandLine, runCommandLine } from './run-command-line.js';
export type { Streams } from './run-command-line.js';
export { mendings } from './mendings.js';
