export { sparbar } from './program.js';
export { runCommandLine } from './run-command-line.js';
