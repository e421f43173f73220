import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, root } from './installation.mjs';

install();
build();
const { legs, wholeSystem } = await import('./legs.mjs');
const { contractOf } = await import('./contract.mjs');
const { installNode, nodeVersions, specsOfNodeVersions } = await import('./node-versions.mjs');

// Everything runs on the doubles and stand-ins; what these name is a further server, with a leg of its own.
const further = { KURRENTDB_URL: process.env.KURRENTDB_URL, MONGODB_URL: process.env.MONGODB_URL };
for (const name of Object.keys(further)) delete process.env[name];

/** All together takes 20 minutes at most, also on a slow machine: what is tried in addition gives way. */
const mostMinutes = 16;
const minutes = () => performance.now() / 60_000;

const folder = mkdtempSync(join(tmpdir(), 'sparbar-check-'));
const sum = { passed: 0, failed: 0, skipped: 0 };
const npx = (...parameters) => ['npx', ['--no-install', ...parameters]];

// Specs wait for half of their time. Meanwhile there is a core for what waits for nobody.
const preparing = prepareLegs();
const checking = check([
  ['types', npx('tsc', '--noEmit', '-p', '.')],
  ['lint', npx('eslint', '.')],
  ['formatting', npx('prettier', '--check', '.')],
  ['dependency rules', npx('depcruise', '--output-type', 'err', 'apps', 'libs')],
]);
await runTests('the tests that npm alone can run', 'npm', ['test', '--']);

for (const { name, output, passed } of await checking) {
  process.stdout.write(output);
  console.log(`${passed ? 'passed' : 'FAILED'}: ${name}`);
  sum[passed ? 'passed' : 'failed']++;
}

const specs = [];
const prepared = await preparing;
for (const { failure, leg } of prepared) {
  if (failure) skip(leg.name, failure.message);
  else {
    specs.push(...leg.specs);
    console.log(`the ${leg.name} leg runs on ${leg.ranOn()}`);
  }
}
const missing = prepared.filter(({ failure, leg }) => failure && wholeSystem.needs.includes(leg.name));
if (missing.length === 0) specs.push(...wholeSystem.specs);
else skip(wholeSystem.name, `there is no ${missing.map(({ leg }) => leg.name).join(' and no ')}`);
if (specs.length > 0) {
  await runTests('the tests that need servers', process.execPath, [
    join(root, 'scripts', 'test.mjs'),
    '--testPathPatterns',
    `(${specs.join('|')}).*\\.server\\.spec\\.ts$`,
    // Each starts a system of its own, and says how soon it answers.
    '--maxWorkers=1',
  ]);
}

for (const version of nodeVersions) {
  try {
    if (minutes() > mostMinutes) throw new Error(`all that was before it took ${Math.round(minutes())} minutes`);
    const { program, told } = await installNode(version, join(folder, `node-${version}`));
    console.log(`the leg of Node ${version} runs on ${told}: ${specsOfNodeVersions.length} groups of specs`);
    const specs = `(${specsOfNodeVersions.join('|')}).*\\.spec\\.ts$`;
    const test = [join(root, 'scripts', 'test.mjs'), '--testPathPatterns', specs];
    await runTests(`the tests on Node ${version}`, program, test);
  } catch (error) {
    skip(`Node ${version}`, error.message.split('\n')[0]);
  }
}

const contract = contractOf({ ...process.env, ...further });
if (contract) {
  console.log(`the leg of further servers runs on what ${contract.named.join(' and ')} names`);
  const script = join(root, 'scripts', 'contract.mjs');
  await runTests('the contract on further servers', process.execPath, [script], definedIn(further));
} else console.log('no further server is named: KURRENTDB_URL and MONGODB_URL name one to run the contract on');

rmSync(folder, { recursive: true });
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;

/** One after the other: two would want the same lock of the system's packages. */
async function prepareLegs() {
  const prepared = [];
  for (const leg of legs) {
    const failure = await leg.prepare().then(
      () => undefined,
      (error) => error,
    );
    prepared.push({ leg, failure });
  }
  return prepared;
}

async function check(checks) {
  const done = [];
  for (const [name, [command, parameters]] of checks) {
    let output = '';
    const passed = await run(command, parameters, { hear: (chunk) => (output += chunk) });
    done.push({ name, output, passed });
  }
  return done;
}

function skip(leg, why) {
  console.log(`skipped: the ${leg} leg, because ${why}`);
  sum.skipped++;
}

function definedIn(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
}

async function runTests(what, command, parameters, environment = {}) {
  const results = join(folder, `${what.replace(/\W+/g, '-')}.json`);
  const env = { ...environment, ...(what.includes('servers') && { SERVER_SPECS: '1' }) };
  const succeeded = await run(command, [...parameters, '--json', `--outputFile=${results}`], { env });
  try {
    const { numFailedTests, numFailedTestSuites, numPassedTests, numPendingTests, success } = JSON.parse(
      readFileSync(results, 'utf8'),
    );
    sum.passed += numPassedTests;
    sum.skipped += numPendingTests;
    // A suite that could not run has no tests that failed.
    sum.failed += numFailedTests || (success && succeeded && numPassedTests > 0 ? 0 : Math.max(1, numFailedTestSuites));
  } catch {
    sum.failed++;
    console.log(`FAILED: ${what} gave no results`);
  }
}

/** @param options `hear` is given what is printed, which goes on to the terminal where it is left out. @returns whether it succeeded */
async function run(command, parameters, { env = {}, hear } = {}) {
  const stdio = hear ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(command, parameters, { cwd: root, stdio, env: { ...process.env, ...env } });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear);
  const [code] = await once(child, 'close').catch(() => [1]);
  return code === 0;
}
