import type { Logger } from 'pino';
import { TokenVerifier } from '#http-api';
import { explainError, fileFaultOf, say, verbatim } from '#kernel';
import { SettingsFaults } from '../settings/settings-faults.js';
import type { Settings } from '../settings/settings.js';
import { tellingRarely } from '../adapters/telling-rarely.js';

/** The verifier that the environment names. There is no key by default. @throws SettingsFaults */
export async function verifierOf(
  { audience, issuer, jwksFile, jwksUrl }: Pick<Settings, 'audience' | 'issuer' | 'jwksFile' | 'jwksUrl'>,
  logger?: Logger,
): Promise<TokenVerifier> {
  const rules = { ...(issuer && { issuer }), ...(audience && { audience }) };
  if (jwksUrl) return TokenVerifier.fromUrl(jwksUrl, rules, { onTrouble: tellingRarely(logger, 'no keys for tokens') });
  if (!jwksFile) throw new SettingsFaults([needsKeys()]);
  try {
    return await TokenVerifier.fromFile(jwksFile, rules);
  } catch (error) {
    const fault = fileFaultOf(error)?.said ?? verbatim(explainError(error));
    throw new SettingsFaults([isNoJwkSet({ fault })]);
  }
}

const needsKeys = say(
  'Give SPARBAR_JWKS_URL or SPARBAR_JWKS_FILE, the keys that sign tokens',
  'Ange SPARBAR_JWKS_URL eller SPARBAR_JWKS_FILE, nycklarna som signerar åtkomstbevis',
);
const isNoJwkSet = say(
  'SPARBAR_JWKS_FILE must be a JWK Set: {fault}',
  'SPARBAR_JWKS_FILE ska vara ett JWK Set: {fault}',
);
