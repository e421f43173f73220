import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from '#http-api';
import { Metrics } from './metrics.js';

/** What Prometheus asks of a process. It tells no ids and no contents. */
@ApiExcludeController()
@Open()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get()
  async all(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { body, type } = await this.metrics.text();
    void reply.header('Content-Type', type);
    return body;
  }
}
