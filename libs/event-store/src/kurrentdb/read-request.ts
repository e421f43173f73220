import { Buffer } from 'node:buffer';
import { START } from '@kurrent/kurrentdb-client';
import type { Filter, ReadPosition } from '@kurrent/kurrentdb-client';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

const { Empty, StreamIdentifier } = shared;
const { ReadReq } = streams;
const { Options } = ReadReq;

export type ReadRequest = InstanceType<typeof ReadReq>;

/** A stream, oldest first. @param after only what comes after this revision; -1 for all */
export function streamRequest(stream: string, after: number, most: number | undefined): ReadRequest {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const of = new Options.StreamOptions();
  of.setStreamIdentifier(identifier);
  if (after < 0) of.setStart(new Empty());
  else of.setRevision(String(after + 1));
  const options = common(most);
  options.setStream(of);
  options.setNoFilter(new Empty());
  return requestOf(options);
}

/** The log, oldest first. @param from what comes at this position or after it */
export function logRequest(from: Exclude<ReadPosition, 'end'>, most: number, filter?: Filter): ReadRequest {
  const of = new Options.AllOptions();
  if (from === START) of.setStart(new Empty());
  else {
    const position = new Options.Position();
    position.setCommitPosition(String(from.commit));
    position.setPreparePosition(String(from.prepare));
    of.setPosition(position);
  }
  return filteredRequest(of, most, filter);
}

/** The newest of the log, newest first. */
export function newestRequest(most: number, filter?: Filter): ReadRequest {
  const of = new Options.AllOptions();
  of.setEnd(new Empty());
  const request = filteredRequest(of, most, filter);
  request.getOptions()!.setReadDirection(Options.ReadDirection.BACKWARDS);
  return request;
}

/** Whether the server looks for what it gives among other events. */
export const isFiltered = (request: ReadRequest): boolean => request.getOptions()!.hasFilter();

function filteredRequest(
  of: InstanceType<typeof Options.AllOptions>,
  most: number,
  filter: Filter | undefined,
): ReadRequest {
  const options = common(most);
  options.setAll(of);
  if (filter) options.setFilter(filtering(filter));
  else options.setNoFilter(new Empty());
  return requestOf(options);
}

function filtering(filter: Filter): InstanceType<typeof Options.FilterOptions> {
  const expression = new Options.FilterOptions.Expression();
  if ('prefixes' in filter && filter.prefixes) expression.setPrefixList([...filter.prefixes]);
  if ('regex' in filter && filter.regex) expression.setRegex(filter.regex);
  const made = new Options.FilterOptions();
  made.setStreamIdentifier(expression);
  made.setCount(new Empty());
  made.setCheckpointintervalmultiplier(filter.checkpointInterval);
  return made;
}

function common(most: number | undefined): InstanceType<typeof Options> {
  const asText = new Options.UUIDOption();
  asText.setString(new Empty());
  const options = new Options();
  options.setUuidOption(asText);
  options.setReadDirection(Options.ReadDirection.FORWARDS);
  options.setResolveLinks(false);
  options.setCount(String(most ?? Number.MAX_SAFE_INTEGER));
  return options;
}

function requestOf(options: InstanceType<typeof Options>): ReadRequest {
  const request = new ReadReq();
  request.setOptions(options);
  return request;
}
