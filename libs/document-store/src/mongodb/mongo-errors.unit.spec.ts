import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { MongoInvalidArgumentError, MongoNetworkError, MongoServerError } from 'mongodb';
import { StoreUnavailable } from '#kernel';
import { asPortError } from './mongo-errors.js';

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
    expect(asPortError(error)).toBeInstanceOf(StoreUnavailable);
    expect(asPortError(new MongoNetworkError('gone'))).toBeInstanceOf(StoreUnavailable);
  });

  it('is told as it is where the request is wrong', () => {
    const wrong = [
      new MongoServerError({ message: 'unknown operator', code: 2 }),
      new MongoInvalidArgumentError('no'),
      new TypeError('no'),
    ];
    for (const error of wrong) expect(asPortError(error)).toBe(error);
  });
});
