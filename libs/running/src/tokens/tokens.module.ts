import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { TokenVerifier } from '#http-api';
import { LOGGER, SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { SigningKey } from './signing-key.js';
import { verifierOf } from './verifier.js';

/** What tells whose tokens hold. */
@Module({})
export class TokensModule {
  /** Those that are signed with the keys that the environment names. */
  static ofIssuer(): DynamicModule {
    return {
      module: TokensModule,
      global: true,
      providers: [{ provide: TokenVerifier, inject: [SETTINGS, LOGGER], useFactory: verifierOf }],
      exports: [TokenVerifier],
    };
  }

  /** Those that are signed with the key in the data folder, which is made where there is none. */
  static ofOwnKey(): DynamicModule {
    return {
      module: TokensModule,
      global: true,
      providers: [
        { provide: SigningKey, inject: [SETTINGS], useFactory: ({ data }: Settings) => SigningKey.in(data) },
        {
          provide: TokenVerifier,
          inject: [SigningKey],
          useFactory: ({ publicKeys }: SigningKey) => TokenVerifier.fromKeys(publicKeys),
        },
      ],
      exports: [TokenVerifier, SigningKey],
    };
  }

  /** Those that a given verifier takes. */
  static checkedBy(verifier: TokenVerifier): DynamicModule {
    return {
      module: TokensModule,
      global: true,
      providers: [{ provide: TokenVerifier, useValue: verifier }],
      exports: [TokenVerifier],
    };
  }
}
