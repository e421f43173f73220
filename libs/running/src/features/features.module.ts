import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditModule } from '#audit';
import { ApiInfoController } from '#http-api';
import { ImportingModule } from '#importing';
import { IndicatorsModule } from '#indicators';
import { OperationsModule } from '#operations';
import { OrganisationModule } from '#organisation';
import { PlanningModule } from '#planning';
import { ReadingModule } from '#reading';
import { ReorganisingModule } from '#reorganising';
import { RoundsModule } from '#rounds';
import { SnapshotsModule } from '#snapshots';

/** Every feature: its commands, its readers and its routes. */
@Module({
  imports: [
    CqrsModule.forRoot(),
    OrganisationModule,
    PlanningModule,
    RoundsModule,
    ReorganisingModule,
    ReadingModule,
    SnapshotsModule,
    IndicatorsModule,
    AuditModule,
    ImportingModule,
    OperationsModule,
  ],
  controllers: [ApiInfoController],
})
export class FeaturesModule {}
