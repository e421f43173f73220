import { Inject, Injectable } from '@nestjs/common';
import { bodyIdOf } from '#organisation';
import { planIdOf } from '#planning';
import { roles } from '#kernel';
import { SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { SigningKey } from '../tokens/signing-key.js';

/** What the terminal shows when everything runs. */
@Injectable()
export class Welcome {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(SigningKey) private readonly key: SigningKey,
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
    const planId = planIdOf(tenant, 'amn-verksamhetsplan-2025');
    const auditor = '-H "Authorization: Bearer $AUDITOR"';
    return [
      `Spårbar listens on ${url}`,
      `The API is documented at ${url}/v1/docs, and as OpenAPI at ${url}/v1/openapi.json`,
      '',
      'A token for each role, for thirty days (the reporter reports for arbetsmarknadsnämnden):',
      ...tokens.map(({ role, token }) => `${role.toUpperCase()}=${token}`),
      '',
      'Three requests to try, with the token of an auditor:',
      `curl ${auditor} "${url}/v1/plans/${planId}/overview"`,
      `curl ${auditor} "${url}/v1/plans/${planId}/items?kind=uppdrag"`,
      `curl ${auditor} "${url}/v1/plans/${planId}/items?kind=uppdrag&asOf=2025-05-01"`,
      '',
    ].join('\n');
  }
}
