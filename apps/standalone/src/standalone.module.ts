import { Module } from '@nestjs/common';
import { ImportingModule } from '#importing';
import {
  CoreModule,
  EngineModule,
  FeaturesModule,
  JobsModule,
  PlansAtStart,
  StoresModule,
  SupervisionModule,
  TokensModule,
  Welcome,
  WorkModule,
} from '#running';

/** Everything in one process, with a key of its own and plans to look at. */
@Module({
  imports: [
    TokensModule.ofOwnKey(),
    StoresModule,
    JobsModule,
    CoreModule,
    FeaturesModule,
    ImportingModule,
    EngineModule,
    WorkModule.at(),
    SupervisionModule.ofApi(),
  ],
  providers: [PlansAtStart, Welcome],
})
export class StandaloneModule {}
