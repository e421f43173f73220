import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { newId } from '#kernel';
import type { Actor } from '#kernel';

const days = 30;

/** The standalone's own key: made once, kept in the data folder, readable by its owner alone. */
export class SigningKey {
  private constructor(private readonly jwk: JWK) {}

  static async in(folder: string): Promise<SigningKey> {
    const file = join(folder, 'signing-key.json');
    await mkdir(folder, { recursive: true });
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept !== undefined) return new SigningKey(JSON.parse(kept) as JWK);
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: newId(), alg: 'ES256' };
    await writeFile(file, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
    return new SigningKey(jwk);
  }

  /** What checks the tokens: the public half. */
  get publicKeys(): { keys: JWK[] } {
    const { d: _private, ...publicKey } = this.jwk;
    return { keys: [publicKey] };
  }

  /** A token for thirty days. */
  async token(tenant: string, { body, id, role }: Actor): Promise<string> {
    const claims = { tenant, role, ...(body && { body }) };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', ...(this.jwk.kid && { kid: this.jwk.kid }) })
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime(`${days}d`)
      .sign(await importJWK(this.jwk, 'ES256'));
  }
}
