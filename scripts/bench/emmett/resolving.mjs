const driver = new URL('sqlite3.mjs', import.meta.url).href;

/** Gives Emmett another driver under the name of the one that it asks for. */
export const resolve = (name, context, next) =>
  name === 'sqlite3' ? { url: driver, shortCircuit: true } : next(name, context);
