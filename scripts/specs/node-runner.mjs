import asyncHooks from 'node:async_hooks';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import circus from 'jest-circus/runner';
import { use } from './jest-globals.mjs';

const require = createRequire(import.meta.url);
let specs = 0;

register('./typescript-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
// To make a counterexample of a hundred events small takes hours: what is found until then is told.
fc.configureGlobal({ interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true });

/**
 * Runs a spec by Jest's own runner, but in Node itself: what specs import is loaded once for all specs of a process, where
 * Jest makes a world for each spec and loads it anew.
 */
export default async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Node tells the places of what it has loaded itself.
  Error.prepareStackTrace = undefined;
  const stores = [];
  const inNode = Object.assign(Object.create(runtime), {
    // A copy for each spec, so that it begins with no tests.
    requireInternalModule(path) {
      delete require.cache[path];
      return keepingStores(stores, () => require(path));
    },
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(`${pathToFileURL(path)}?spec=${++specs}`),
    setGlobalsForRuntime: (globals) => use({ ...globals, jest: doubles(environment) }),
  });
  return circus
    .default(globalConfig, config, environment, inNode, testPath, sendMessageToJest)
    .finally(() => stores.forEach((store) => store.disable()));
}

/**
 * Each copy of Jest's runner remembers by a store of its own which test runs. Such a store goes with every promise that is made:
 * unless those of earlier specs are disabled, each spec makes all that come after it slower, and none of them is let go of.
 */
function keepingStores(stores, load) {
  // From Node 24 on it is a getter, to which nothing can be assigned.
  const before = Object.getOwnPropertyDescriptor(asyncHooks, 'AsyncLocalStorage');
  const value = class extends asyncHooks.AsyncLocalStorage {
    constructor() {
      super();
      stores.push(this);
    }
  };
  Object.defineProperty(asyncHooks, 'AsyncLocalStorage', { value, configurable: true, enumerable: true });
  try {
    return load();
  } finally {
    Object.defineProperty(asyncHooks, 'AsyncLocalStorage', before);
  }
}

/** What specs use of the object `jest`. */
function doubles({ fakeTimersModern, moduleMocker }) {
  const timers = ['useFakeTimers', 'useRealTimers', 'advanceTimersByTime', 'advanceTimersByTimeAsync', 'getTimerCount'];
  return { ...bound(moduleMocker, ['spyOn', 'restoreAllMocks']), ...bound(fakeTimersModern, timers) };
}

function bound(object, names) {
  return Object.fromEntries(names.map((name) => [name, object[name].bind(object)]));
}
