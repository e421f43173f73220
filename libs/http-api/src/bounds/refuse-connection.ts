import { STATUS_CODES } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { newId, usualLanguage } from '#kernel';
import { AddressTooLong, longestAddress } from './address-too-long.js';
import { MethodNotAllowed } from './method-not-allowed.js';
import type { DomainError } from '#kernel';

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly headers?: readonly string[];
}

const garbled = { status: 400, code: 'no-http-request', title: 'The request is no HTTP that can be understood' };
const refusals: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request-too-slow', title: 'The request took too long to arrive' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers-too-large', title: 'The headers of the request are too large' },
};

/** A request that Node could not read. */
export interface ConnectionFault extends Error {
  readonly code?: string;
  /** What came last of it. */
  readonly rawPacket?: unknown;
}

/** Answers what never became a request with a problem (RFC 9457), and ends its connection. */
export function refuseConnection({ code = '', rawPacket }: ConnectionFault, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const isAddress = code === 'HPE_HEADER_OVERFLOW' && Buffer.isBuffer(rawPacket) && hasLongAddress(rawPacket);
  end(socket, isAddress ? refusalOf(new AddressTooLong()) : (refusals[code] ?? garbled));
}

/** Answers whoever takes the API for a proxy. */
export function refuseTunnels(server: Server): void {
  const allowed = ['GET', 'HEAD', 'POST'];
  const refusal = new MethodNotAllowed(allowed);
  server.on('connect', (_, socket) => {
    socket.on('error', () => socket.destroy());
    end(socket as Socket, { ...refusalOf(refusal), headers: [`Allow: ${allowed.join(', ')}`] });
  });
}

/** Nothing is known of the language of whoever sent it. */
const refusalOf = ({ code, message, status, title }: DomainError): Refusal => ({
  code,
  status,
  title: title[usualLanguage],
  detail: message,
});

/** Whether what came begins a request whose address alone is too much. */
const hasLongAddress = (packet: Buffer): boolean =>
  (/^[A-Z]+ (\S+)/.exec(packet.toString('latin1'))?.[1]?.length ?? 0) > longestAddress;

function end(socket: Socket, { code, detail, headers = [], status, title }: Refusal): void {
  const id = newId();
  const problem = JSON.stringify({
    type: `urn:sparbar:problem:${code}`,
    code,
    title,
    status,
    detail: detail ?? title,
    params: {},
    instance: `urn:uuid:${id}`,
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(problem)}`,
      `X-Request-Id: ${id}`,
      `Content-Language: ${usualLanguage}`,
      'X-Content-Type-Options: nosniff',
      'Cache-Control: no-store',
      ...headers,
      'Connection: close',
      '',
      problem,
    ].join('\r\n'),
  );
}
