import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLOCK } from '#deciding';
import { Moments } from '#http-api';
import { systemClock } from '#kernel';
import type { Clock } from '#kernel';
import { Metrics } from '../metrics/metrics.js';
import type { Settings } from '../settings/settings.js';
import { Lifecycle } from './lifecycle.js';
import { LOGGER, SETTINGS } from './tokens.js';

/** What a process is given before it has anything of its own. */
export interface ProcessGiven {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Where decisions have the time from; the system's clock where it is left out. */
  readonly clock?: Clock;
}

/** What every part of a process can ask for. */
@Module({})
export class ProcessModule {
  static with({ clock = systemClock, logger, settings }: ProcessGiven, lifecycle: Lifecycle): DynamicModule {
    return {
      module: ProcessModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        { provide: CLOCK, useValue: clock },
        { provide: Lifecycle, useValue: lifecycle },
        Metrics,
        Moments,
      ],
      exports: [SETTINGS, LOGGER, CLOCK, Lifecycle, Metrics, Moments],
    };
  }
}
