import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roles } from '#kernel';
import { bodyIdOf } from '#organisation';
import { SigningKey } from '#running/signing-key';

/**
 * Makes a key, and a token for each role, for trying Spårbar out where there is no identity provider. A key that is there
 * is kept.
 * @returns the files: `jwks.json` for `SPARBAR_JWKS_FILE`, and `ROLE.token` for each role
 */
export async function makeKeys(
  folder: string,
  tenant: string,
  reportingFor: string,
): Promise<{ result: { files: string[] }; text: string }> {
  const key = await SigningKey.in(folder);
  const files = [join(folder, 'jwks.json')];
  await writeFile(files[0]!, JSON.stringify(key.publicKeys));
  for (const role of roles) {
    const body = role === 'reporter' && { body: bodyIdOf(tenant, reportingFor) };
    const file = join(folder, `${role}.token`);
    await writeFile(file, await key.token(tenant, { id: `trial-${role}`, role, ...body }), { mode: 0o644 });
    files.push(file);
  }
  return { result: { files }, text: ['Made, for thirty days:', ...files].join('\n') };
}
