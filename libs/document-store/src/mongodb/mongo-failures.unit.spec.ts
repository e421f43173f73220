import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { MongoClient, MongoInvalidArgumentError, MongoNetworkError, MongoServerError } from 'mongodb';
import { StoreUnavailable } from '#kernel';
import { HeardServers } from './heard-servers.js';
import { failureOf } from './mongo-failures.js';

const nobodyHeard = new HeardServers(new MongoClient('mongodb://user:secret@host'));
const told = (error: unknown) => failureOf(error, { right: 'read', on: 'things', user: 'user' }, nobodyHeard);

const socketError = (code: string) => Object.assign(new Error(`of user:secret@host: ${code}`), { code });

describe('What the driver throws', () => {
  it('is a store that is unavailable where Node says that the connection has ended', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
    await once(socket, 'end');
    const failed = once(socket, 'error');
    socket.write('too late');
    const [error] = (await failed) as [Error];
    server.close();
    expect(told(error)).toBeInstanceOf(StoreUnavailable);
    expect(told(new MongoNetworkError('gone'))).toBeInstanceOf(StoreUnavailable);
  });

  it.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['ENOTFOUND', 'name-not-found'],
    ['EAI_AGAIN', 'name-not-found'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-host-not-covered'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-authority-unknown'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-authority-unknown'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-authority-unknown'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-authority-unknown'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-not-spoken'],
    ['EPROTO', 'tls-not-spoken'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-failed'],
    ['CERT_SIGNATURE_FAILURE', 'tls-failed'],
    ['ETIMEDOUT', 'timed-out'],
    ['ECONNRESET', 'connection-broken'],
    ['ERR_STREAM_WRITE_AFTER_END', 'connection-broken'],
  ])('by its code %s is %s, also as a cause, and its own words are not repeated', (code, reason) => {
    const cause = socketError(code);
    for (const error of [cause, new MongoNetworkError('user:secret@host', { cause })]) {
      const failure = told(error) as StoreUnavailable;
      expect(failure).toBeInstanceOf(StoreUnavailable);
      expect(failure.reason).toBe(reason);
      expect(failure.message).not.toContain('secret');
    }
  });

  it('is told as it is where the request is wrong', () => {
    const wrong = [
      new MongoServerError({ message: 'unknown operator', code: 2 }),
      new MongoServerError({ message: 'an index of that name has other options', code: 85 }),
      new MongoInvalidArgumentError('no'),
      new TypeError('no'),
    ];
    for (const error of wrong) expect(told(error)).toBe(error);
  });
});
