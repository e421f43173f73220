import type { Snapshot } from '../../format/snapshot.js';
import { html } from '#html';
import type { Html } from '#html';
import { swedishBy, swedishInstant, swedishNumber } from '../swedish.js';

/** What a report was made from. */
export interface Origin {
  readonly snapshotId: string;
  readonly sha256: string;
  /** The length of the canonical JSON. */
  readonly bytes: number;
}

/** Where the report comes from, and how that can be checked. */
export function originSection({ issue, rule }: Snapshot, { bytes, sha256, snapshotId }: Origin): Html {
  return html`<section aria-labelledby="om">
    <h2 id="om">Om underlaget</h2>
    <p>
      Rapporten visar en ögonblicksbild som inte kan ändras. Den är framställd ur kommunens händelselogg fram till den
      händelse som frös uppföljningen. Samma logg ger alltid samma ögonblicksbild, och dess kontrollsumma (SHA-256) är
      registrerad i loggen.
    </p>
    <dl class="facts">
      <dt>Ögonblicksbild</dt>
      <dd><code>${snapshotId}</code></dd>
      <dt>SHA-256</dt>
      <dd><code>${sha256}</code></dd>
      <dt>Storlek</dt>
      <dd>${swedishNumber(String(bytes))} byte</dd>
      <dt>Regel</dt>
      <dd>${rule}</dd>
      ${
        issue &&
        html`<dt>Utgåva</dt>
          <dd>${issue.number}</dd>
          <dt>Fryst av</dt>
          <dd>${swedishBy(issue.by)}, ${swedishInstant(issue.frozenAt)}</dd>
          <dt>Händelse</dt>
          <dd><code>${issue.eventId}</code></dd> `
      }
    </dl>
    <p>Kontrollera med <code>sparbar snapshot verify ${snapshotId}</code>.</p>
  </section>`;
}
