import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { newId, say } from '#kernel';
import type { Actor } from '#kernel';
import { makeFolder } from '../adapters/make-folder.js';
import { SettingsFaults } from '../settings/settings-faults.js';

const days = 30;

/** The standalone's own key: made once, kept in the data folder, readable by its owner alone. */
export class SigningKey {
  private constructor(private readonly jwk: JWK) {}

  /** @throws SettingsFaults where what is kept there is no key; an error of the file system */
  static async in(folder: string): Promise<SigningKey> {
    const file = join(folder, 'signing-key.json');
    makeFolder(folder);
    const kept = (await keptIn(file)) ?? (await keep(file, await newKey()));
    return new SigningKey(await keyIn(kept, file));
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

async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return JSON.stringify({ ...(await exportJWK(privateKey)), kid: newId(), alg: 'ES256' });
}

/** What a file holds; undefined where there is none. */
async function keptIn(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // Of a folder, reading fails without a path.
    throw Object.assign(error as Error, { path: file });
  }
}

/**
 * Keeps a key, whole or not at all.
 * @returns what is kept: that of another process where it came first
 */
async function keep(file: string, key: string): Promise<string> {
  const whole = `${file}.${newId()}`;
  try {
    await writeFile(whole, key, { mode: 0o600, flag: 'wx', flush: true });
    await link(whole, file);
    return key;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== 'link') throw error;
    if (code === 'EEXIST') return (await keptIn(file)) ?? '';
    // A disk without such links, on which the last to come is kept.
    await rename(whole, file);
    return key;
  } finally {
    await rm(whole, { force: true });
  }
}

/** @throws SettingsFaults where it is none */
async function keyIn(text: string, file: string): Promise<JWK> {
  try {
    const jwk = JSON.parse(text) as JWK;
    await importJWK(jwk, 'ES256');
    if (jwk.d === undefined) throw new TypeError('It has no private half');
    return jwk;
  } catch {
    throw new SettingsFaults([isNoKey({ file })]);
  }
}

const isNoKey = say(
  '{file} holds no key: bring it back, or remove it to have a new one made, for which the tokens of the old one do not hold',
  '{file} innehåller ingen nyckel: återställ den, eller ta bort den så att en ny skapas, för vilken den gamlas åtkomstbevis inte gäller',
);
