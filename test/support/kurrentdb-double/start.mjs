// The double in a process of its own: node start.mjs PORT FILE. Port 0 takes a free one.
import { startKurrentDbDouble } from './kurrentdb-double.mjs';

const [port, file] = process.argv.slice(2);
const { url } = await startKurrentDbDouble({ port: Number(port), ...(file && { file }) });
console.log(`The double of KurrentDB listens on ${url}`);
