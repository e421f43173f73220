import { dayInSweden } from '../day.js';
import type { Attestation, Provenance } from './envelope.js';

/** Where what is told comes from, and nothing else of it. */
export const provenanceOf = ({ attested, inferred, invented, note, retold }: Provenance): Provenance => ({
  ...(attested && { attested }),
  ...(invented && { invented }),
  ...(inferred && { inferred }),
  ...(retold && { retold }),
  ...(note !== undefined && { note }),
});

/**
 * Where something comes from in Swedish words, each a remark of its own, but for that it was made up: `sagt 2024-04-08 av
 * ordföranden, enligt Protokoll`, `slutsats: dagen står på omslaget`, `anmärkning: tryckt utan nummer`.
 */
export function provenanceInSwedish({ attested, inferred = [], note }: Provenance): string[] {
  const proof = attested?.evidence.map(({ reference, title }) => (reference ? `${title} (${reference})` : title));
  const grounds = inferred.map(({ fact, ground }) => (fact === undefined ? ground : `${fact}: ${ground}`));
  return [
    ...(attested && proof ? [`sagt ${attested.on} av ${attested.role}, enligt ${proof.join(', ')}`] : []),
    ...(grounds.length > 0 ? [`slutsats: ${grounds.join('; ')}`] : []),
    ...(note === undefined ? [] : [`anmärkning: ${note}`]),
  ];
}

/** What tells when something was said. */
export interface SaidWhen {
  /** RFC 3339 instant in UTC. */
  readonly recordedAt: string;
  readonly attested?: Pick<Attestation, 'on'>;
}

/** The day on which something was said: as is attested, and else the day in Sweden on which it was recorded. ISO day. */
export const saidOn = ({ attested, recordedAt }: SaidWhen): string => attested?.on ?? dayInSweden(new Date(recordedAt));

/** When something was said, for whoever keeps that alone. */
export const saidWhen = ({ attested, recordedAt }: SaidWhen): SaidWhen => ({
  recordedAt,
  ...(attested && { attested: { on: attested.on } }),
});

/** What limits what counts by when it was recorded, or said. What is left out does not limit. */
export interface KnownBy {
  /** The instant up to which the log had learnt: RFC 3339 in UTC with milliseconds, itself included. */
  readonly knownAt?: string;
  /** The day up to which it had been said in the world: ISO day, itself included. */
  readonly saidBy?: string;
}

/** Whether something had been recorded, or said. */
export const isKnown = (said: SaidWhen, { knownAt, saidBy }: KnownBy): boolean =>
  (knownAt === undefined || said.recordedAt <= knownAt) && (saidBy === undefined || saidOn(said) <= saidBy);
