import type { Logger } from 'pino';
import { TokenVerifier } from '#http-api';
import { SettingsFaults } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';
import { tellingRarely } from '../adapters/telling-rarely.js';

/** The verifier that the environment names. There is no key by default. @throws SettingsFaults */
export async function verifierOf(
  { audience, issuer, jwksFile, jwksUrl }: Pick<Settings, 'audience' | 'issuer' | 'jwksFile' | 'jwksUrl'>,
  logger?: Logger,
): Promise<TokenVerifier> {
  const rules = { ...(issuer && { issuer }), ...(audience && { audience }) };
  if (jwksUrl) return TokenVerifier.fromUrl(jwksUrl, rules, { onTrouble: tellingRarely(logger, 'no keys for tokens') });
  if (!jwksFile) throw new SettingsFaults(['Give SPARBAR_JWKS_URL or SPARBAR_JWKS_FILE, the keys that sign tokens']);
  try {
    return await TokenVerifier.fromFile(jwksFile, rules);
  } catch (error) {
    throw new SettingsFaults([`SPARBAR_JWKS_FILE must be a JWK Set: ${(error as Error).message}`]);
  }
}
