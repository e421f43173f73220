import { Global, Module } from '@nestjs/common';
import type { InjectionToken } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CLOCK } from '#deciding';
import { Moments } from '#http-api';
import { JOBS } from '#operations';
import { Lifecycle } from '../process/lifecycle.js';
import { coreTokens } from './core.module.js';
import { FeaturesModule } from './features.module.js';

const given: readonly InjectionToken[] = [...coreTokens, CLOCK, JOBS, Moments];

@Module({})
class GivenModule {}

@Module({})
class ContextModule {}

/**
 * The commands of every feature for a process that nobody asks anything over HTTP. Nest serves the routes of each module of
 * an app; so the features are in a context of their own, which has none.
 */
@Global()
@Module({
  providers: [
    {
      provide: CommandBus,
      inject: [Lifecycle, ...given],
      useFactory: async (lifecycle: Lifecycle, ...values: unknown[]): Promise<CommandBus> => {
        const providers = given.map((provide, index) => ({ provide, useValue: values[index] }));
        const handedOver = { module: GivenModule, global: true, providers, exports: [...given] };
        const context = await NestFactory.createApplicationContext(
          { module: ContextModule, imports: [handedOver, FeaturesModule] },
          { logger: false, abortOnError: false },
        );
        lifecycle.add('features', { stop: () => context.close() });
        return context.get(CommandBus);
      },
    },
  ],
  exports: [CommandBus],
})
export class CommandsWithoutRoutesModule {}
