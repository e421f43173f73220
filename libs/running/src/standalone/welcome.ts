import { Inject, Injectable } from '@nestjs/common';
import { bodyIdOf } from '#organisation';
import { planIdOf } from '#planning';
import { roles, streamName } from '#kernel';
import { STORES } from '../adapters/stores.module.js';
import type { Stores } from '../adapters/stores.js';
import { SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { SigningKey } from '../tokens/signing-key.js';

/** What the terminal shows when everything runs. */
@Injectable()
export class Welcome {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(SigningKey) private readonly key: SigningKey,
    @Inject(STORES) private readonly stores: Stores,
  ) {}

  /** Where to look, tokens, and three requests to try. @param url where the API listens */
  async text(url: string): Promise<string> {
    const { tenant } = this.settings;
    const tokens = await Promise.all(
      roles.map(async (role) => {
        const actor = { id: `standalone-${role}`, role, ...(role === 'reporter' && { body: bodyIdOf(tenant, 'amn') }) };
        return { role, token: await this.key.token(tenant, actor) };
      }),
    );
    const paths = await this.#paths(tenant);
    const auditor = '-H "Authorization: Bearer $AUDITOR"';
    return [
      `Spårbar listens on ${url}`,
      `The API is documented at ${url}/v1/docs, and as OpenAPI at ${url}/v1/openapi.json`,
      '',
      'A token for each role, for thirty days (the reporter reports for arbetsmarknadsnämnden):',
      ...tokens.map(({ role, token }) => `${role.toUpperCase()}=${token}`),
      '',
      'Three requests to try, with the token of an auditor:',
      ...paths.map((path) => `curl ${auditor} "${url}${path}"`),
      '',
    ].join('\n');
  }

  /** What there is to ask for: of the plan that comes with Spårbar where it is loaded, else of whatever may be there. */
  async #paths(tenant: string): Promise<string[]> {
    const planId = planIdOf(tenant, 'amn-verksamhetsplan-2025');
    const [adopted] = await this.stores.eventStore.readStream(streamName(tenant, 'plan', planId));
    if (!adopted) return ['/v1/plans', '/v1/bodies', '/v1/projections'];
    const plan = `/v1/plans/${planId}`;
    return [`${plan}/overview`, `${plan}/items?kind=uppdrag`, `${plan}/items?kind=uppdrag&asOf=2025-05-01`];
  }
}
