import { applyDecorators, Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AbortOnDisconnect,
  ApiProblems,
  CodeField,
  CostlyWork,
  IdField,
  MomentQuery,
  Moments,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { csvOf, pagePolicy } from '#snapshots';
import type { Appendix } from './appendix.js';
import { appendixHtml } from './appendix.html.js';
import { appendixMarkdown } from './appendix.markdown.js';
import { AppendixReader } from './appendix.reader.js';
import { appendixTable } from './appendix.table.js';
import { AppendixView } from './appendix.view.js';

class AppendixQuery extends MomentQuery {
  @IdField({ description: 'The plan after it' })
  newer!: string;

  @CodeField({ description: 'Only items of this kind', example: 'atgard', optional: true })
  kind?: string;
}

/** A route that gives an appendix in one form. */
const AppendixForm = (path: string, summary: string, type: string, example: string): MethodDecorator =>
  applyDecorators(
    Get(`plans/:planId/appendix/${path}`),
    ApiOperation({ summary }),
    ApiResponse({
      status: 200,
      description: 'The appendix',
      content: { [type]: { schema: { type: 'string' }, example } },
    }),
    ApiProblems(400, 401, 404, 503),
  );

@ApiTags('Audit')
@ApiBearerAuth()
@Controller()
export class AppendixController {
  constructor(
    @Inject(AppendixReader) private readonly reader: AppendixReader,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('plans/:planId/appendix')
  @ApiOperation({
    summary: 'Tell what became of each item of a plan in the plan after it',
    description:
      'From the log: how the document calls it, what happened, why, by which decision, what succeeds it, and the two wordings word by word.',
  })
  @ApiResponse({ status: 200, type: AppendixView, description: 'The appendix' })
  @ApiProblems(400, 401, 404, 503)
  async getRevisionAppendix(
    @PathId('planId') planId: string,
    @Query() query: AppendixQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<AppendixView> {
    return { ...(await this.#appendix(tenant, planId, query, signal)), ...this.moments.of(query) };
  }

  @AppendixForm('report', 'Give the same as a page to read and print', 'text/html', '<!DOCTYPE html>')
  async getRevisionAppendixReport(
    @PathId('planId') planId: string,
    @Query() query: AppendixQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const appendix = await this.#appendix(tenant, planId, query, signal);
    void reply.type('text/html; charset=utf-8').header('Content-Security-Policy', pagePolicy);
    return appendixHtml(appendix);
  }

  @AppendixForm('table', 'Give the same as CSV, for a Swedish spreadsheet', 'text/csv', '"Punkt";"Rubrik";"Utfall"')
  async getRevisionAppendixTable(
    @PathId('planId') planId: string,
    @Query() query: AppendixQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const appendix = await this.#appendix(tenant, planId, query, signal);
    void reply.type('text/csv; charset=utf-8').header('Content-Disposition', 'attachment; filename="bilaga.csv"');
    return csvOf(appendixTable(appendix));
  }

  @AppendixForm('markdown', 'Give the same as Markdown', 'text/markdown', '# Från Verksamhetsplan 2024')
  async getRevisionAppendixMarkdown(
    @PathId('planId') planId: string,
    @Query() query: AppendixQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const appendix = await this.#appendix(tenant, planId, query, signal);
    void reply.type('text/markdown; charset=utf-8');
    return appendixMarkdown(appendix);
  }

  /** The streams of all items of two plans are read, which takes its turn. */
  #appendix(
    tenant: string,
    olderId: string,
    { kind, newer: newerId, ...query }: AppendixQuery,
    signal: AbortSignal,
  ): Promise<Appendix> {
    const asked = { tenant, olderId, newerId, kind };
    return this.costly.replays.run(tenant, signal, () => this.reader.of(asked, this.moments.of(query)));
  }
}
