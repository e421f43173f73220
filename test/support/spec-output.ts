import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps what a process of the system has printed, so that the whole run can be looked through for passwords. */
export function keepOutput(text: string): void {
  const folder = process.env['SPEC_OUTPUT'];
  if (folder) appendFileSync(join(folder, `${process.pid}.log`), text);
}
