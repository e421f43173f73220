import { Buffer } from 'node:buffer';
import { accessDenied, connectionDropped, notAuthenticated, notLeader } from './refusals.mjs';

/** Who may do what, and whether this node leads. */
export class Access {
  /** Passwords by user; where there is none, everybody is let in. */
  users;
  /** `{ host, port }` of the node that leads, where it is not this one. */
  leader;
  /** Whether the client's native library is turned away, which no rule of the server does. */
  turnsLibraryAway = false;
  #denied = [];
  #acl;

  /** @param acl what else decides who may do what; nothing where it is left out */
  constructor(users, acl) {
    this.users = users && { ...users };
    this.#acl = acl;
  }

  /**
   * Takes a right away.
   * @param right `{ call, stream, user }`, of which one that is left out is any: `call` is one of `read`, `readAll`,
   * `subscribe`, `append`, `delete` and `tombstone`
   */
  deny(right) {
    this.#denied.push(right);
  }

  allowAll() {
    this.#denied = [];
  }

  /** Why a call is refused before anything is done; undefined where it is not. */
  refusalOf(grpcCall) {
    if (this.turnsLibraryAway && !first(grpcCall, 'user-agent')?.startsWith('grpc-node')) return connectionDropped();
    if (this.leader && first(grpcCall, 'requires-leader') === 'true') return notLeader(this.leader);
    if (!this.users) return undefined;
    const [user, password] = credentialsOf(grpcCall);
    return user !== undefined && this.users[user] === password ? undefined : notAuthenticated();
  }

  /** Why what is asked is refused; undefined where it is not. */
  denialOf(grpcCall, call, stream) {
    const [user] = credentialsOf(grpcCall);
    const asked = { call, stream, user };
    const denied = this.#denied.some((right) => Object.entries(right).every(([name, value]) => asked[name] === value));
    return denied || this.#acl?.allows(user, call, stream) === false ? accessDenied() : undefined;
  }
}

function credentialsOf(call) {
  const [scheme, encoded = ''] = (first(call, 'authorization') ?? '').split(' ');
  if (scheme !== 'Basic') return [];
  const [user, ...password] = Buffer.from(encoded, 'base64').toString().split(':');
  return [user, password.join(':')];
}

const first = (call, name) => call.metadata.get(name)[0]?.toString();
