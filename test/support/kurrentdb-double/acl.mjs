import { Buffer } from 'node:buffer';
import { metadataOf } from './retention.mjs';

/** By which key of an access control list a call is allowed. */
const keys = { append: '$w', delete: '$d', read: '$r', readAll: '$r', subscribe: '$r', tombstone: '$d' };
const everybody = '$all';
const administrators = '$admins';

/**
 * Who may do what, as the server decides it: a stream's own list, then the default of its kind. By default anybody may do
 * anything with the streams of users, and administrators alone with those of the server and with the log as a whole.
 */
export class Acl {
  #log;
  #admins;

  /** @param admins the users that belong to `$admins` */
  constructor(log, admins) {
    this.#log = log;
    this.#admins = admins;
  }

  allows(user, call, stream) {
    if (this.#admins.includes(user)) return true;
    const described = metadataOf(stream);
    const key = described ? { $r: '$mr', $w: '$mw', $d: '$mw' }[keys[call]] : keys[call];
    const allowed = [this.#allowed(described ?? stream, key)].flat();
    return allowed.includes(everybody) || allowed.includes(user);
  }

  #allowed(stream, key) {
    const own = this.#newest(`$$${stream}`)?.$acl?.[key];
    const defaults = this.#newest('$settings');
    return stream.startsWith('$')
      ? (own ?? defaults?.$systemStreamAcl?.[key] ?? administrators)
      : (own ?? defaults?.$userStreamAcl?.[key] ?? everybody);
  }

  #newest(stream) {
    const record = this.#log.stream(stream).at(-1);
    return record && JSON.parse(Buffer.from(record.data).toString());
  }
}
