import { Module } from '@nestjs/common';
import { CoreModule, FeaturesModule, JobsModule, StoresModule, SupervisionModule, TokensModule } from '#running';

/** Commands and queries over HTTP. */
@Module({
  imports: [TokensModule.ofIssuer(), StoresModule, JobsModule, CoreModule, FeaturesModule, SupervisionModule.ofApi()],
})
export class ApiModule {}
