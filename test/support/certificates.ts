import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (...words: readonly string[]) => promisify(execFile)('openssl', words);

/** What a server needs to speak TLS, in PEM. */
export interface ServerCertificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** An authority made for a test, and what it signs. Needs `openssl`. */
export class Authority {
  #serial = 0;

  private constructor(
    private readonly folder: string,
    /** The file of its own certificate, in PEM. */
    readonly file: string,
  ) {}

  static async make(): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-authority-'));
    const authority = new Authority(folder, join(folder, 'ca.pem'));
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', authority.#path('ca.key')];
    await openssl('req', '-x509', ...key, '-out', authority.file, '-days', '2', '-subj', '/CN=An authority of a test');
    return authority;
  }

  /**
   * @param names what it covers, such as `DNS:localhost`
   * @param validity when it begins and ends, as `YYYYMMDDHHMMSSZ`; from now for two days where left out
   */
  async sign(names: readonly string[], validity?: readonly [string, string]): Promise<ServerCertificate> {
    const name = `server-${++this.#serial}`;
    const [key, request, signed, config] = ['key', 'csr', 'pem', 'cnf'].map((end) => this.#path(`${name}.${end}`));
    await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key!, '-out', request!, '-subj', `/CN=${name}`);
    await writeFile(this.#path('index.txt'), '');
    await writeFile(this.#path('serial'), String(this.#serial).padStart(2, '0'));
    await writeFile(config!, configOf(this.folder, names));
    const times = validity ? ['-startdate', validity[0], '-enddate', validity[1]] : ['-days', '2'];
    const by = ['-keyfile', this.#path('ca.key'), '-cert', this.file];
    await openssl('ca', '-batch', '-notext', '-config', config!, '-in', request!, ...by, ...times, '-out', signed!);
    return { key: await readFile(key!), cert: await readFile(signed!) };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  #path(name: string): string {
    return join(this.folder, name);
  }
}

const configOf = (folder: string, names: readonly string[]): string => `
[ca]
default_ca = test
[test]
database = ${join(folder, 'index.txt')}
new_certs_dir = ${folder}
serial = ${join(folder, 'serial')}
default_md = sha256
policy = anything
unique_subject = no
x509_extensions = server
[anything]
commonName = supplied
[server]
subjectAltName = ${names.join(',')}
`;
