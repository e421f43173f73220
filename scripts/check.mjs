import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, root } from './installation.mjs';

install();
const { legs, wholeSystem } = await import('./legs.mjs');
const { contractOf } = await import('./contract.mjs');

// Everything runs on the doubles and stand-ins; what these name is a further server, with a leg of its own.
const further = { KURRENTDB_URL: process.env.KURRENTDB_URL, MONGODB_URL: process.env.MONGODB_URL };
for (const name of Object.keys(further)) delete process.env[name];

const folder = mkdtempSync(join(tmpdir(), 'sparbar-check-'));
const sum = { passed: 0, failed: 0, skipped: 0 };
const npx = (...parameters) => ['npx', ['--no-install', ...parameters]];

runTests('the tests that npm alone can run', 'npm', ['test', '--']);

const checks = [
  ['types', npx('tsc', '--noEmit', '-p', '.')],
  ['lint', npx('eslint', '.')],
  ['formatting', npx('prettier', '--check', '.')],
  ['dependency rules', npx('depcruise', '--output-type', 'err', 'apps', 'libs')],
];
for (const [name, [command, parameters]] of checks) {
  const passed = run(command, parameters);
  console.log(`${passed ? 'passed' : 'FAILED'}: ${name}`);
  sum[passed ? 'passed' : 'failed']++;
}

const prepared = [];
const specs = [];
for (const leg of legs) {
  try {
    await leg.prepare();
    prepared.push(leg.name);
    specs.push(...leg.specs);
    console.log(`the ${leg.name} leg runs on ${leg.ranOn()}`);
  } catch (error) {
    skip(leg.name, error.message);
  }
}
const missing = wholeSystem.needs.filter((name) => !prepared.includes(name));
if (missing.length === 0) specs.push(...wholeSystem.specs);
else skip(wholeSystem.name, `there is no ${missing.join(' and no ')}`);
if (specs.length > 0) {
  runTests('the tests that need servers', process.execPath, [
    join(root, 'scripts', 'test.mjs'),
    '--testPathPatterns',
    `(${specs.join('|')}).*\\.server\\.spec\\.ts$`,
  ]);
}

const contract = contractOf({ ...process.env, ...further });
if (contract) {
  console.log(`the leg of further servers runs on what ${contract.named.join(' and ')} names`);
  const script = join(root, 'scripts', 'contract.mjs');
  runTests('the contract on further servers', process.execPath, [script], definedIn(further));
} else console.log('no further server is named: KURRENTDB_URL and MONGODB_URL name one to run the contract on');

rmSync(folder, { recursive: true });
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;

function skip(leg, why) {
  console.log(`skipped: the ${leg} leg, because ${why}`);
  sum.skipped++;
}

function definedIn(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
}

function runTests(what, command, parameters, environment = {}) {
  const results = join(folder, `${what.replace(/\W+/g, '-')}.json`);
  const server = { ...environment, ...(what.includes('servers') && { SERVER_SPECS: '1' }) };
  const succeeded = run(command, [...parameters, '--json', `--outputFile=${results}`], server);
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

function run(command, parameters, environment = {}) {
  const env = { ...process.env, ...environment };
  return spawnSync(command, parameters, { cwd: root, stdio: 'inherit', env }).status === 0;
}
