import { applyDecorators, Controller, Get, Inject, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AbortOnDisconnect,
  ApiProblems,
  LanguageInterceptor,
  PageOf,
  pageOf,
  PageQuery,
  PathId,
  Requester,
  ValueField,
} from '#http-api';
import type { AuthenticatedRequest, Principal } from '#http-api';
import { kind, languageOf, term } from '#kernel';
import type { Kind, Language } from '#kernel';
import { pagePolicy } from './reports/page-policy.js';
import { SnapshotMaking } from './jobs/snapshot-making.js';
import type { RoundIssue } from './shelf/issues-of-round.js';
import { SnapshotArchive } from './shelf/snapshot-archive.js';
import { SnapshotComparisonView, SnapshotVerificationView, snapshotView, SnapshotView } from './snapshot.view.js';

/** What a snapshot is compared with. */
const nowOrId: Kind<string> = {
  schema: { type: 'string', pattern: `^now$|${kind.id.schema.pattern}` },
  says: term('snapshot-or-now', 'now, or the UUID of a snapshot', 'now eller UUID för en fryst uppföljning'),
  tidy: (text) => text.toLowerCase(),
};

class ComparisonQuery {
  @ValueField(nowOrId, {
    description: 'The id of another snapshot, or `now` for what is known now',
    example: 'now',
    default: 'now',
  })
  with: string = 'now';
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A route that gives a snapshot in one form. */
const SnapshotForm = (path: string, summary: string, type: string, example: string | object): MethodDecorator =>
  applyDecorators(
    Get(`snapshots/:snapshotId/${path}`),
    ApiOperation({ summary }),
    ApiResponse({
      status: 200,
      description: 'The snapshot; the same bytes every time',
      content: { [type]: { schema: { type: typeof example === 'string' ? 'string' : 'object' }, example } },
    }),
    ApiProblems(400, 401, 404, 503),
  );

class SnapshotPage extends PageOf(SnapshotView, 'The issues, oldest first') {}

@ApiTags('Snapshots')
@ApiBearerAuth()
@Controller()
export class SnapshotController {
  constructor(
    @Inject(SnapshotArchive) private readonly archive: SnapshotArchive,
    @Inject(SnapshotMaking) private readonly making: SnapshotMaking,
  ) {}

  @Get('rounds/:roundId/snapshots')
  @UseInterceptors(LanguageInterceptor)
  @ApiOperation({
    summary: 'List the snapshots of a round, oldest issue first',
    description: 'Empty before the round is frozen.',
  })
  @ApiResponse({ status: 200, type: SnapshotPage, description: 'A page of issues' })
  @ApiProblems(400, 401, 404, 503)
  async listSnapshots(
    @PathId('roundId') roundId: string,
    @Query() query: PageQuery,
    @Requester() { tenant }: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<SnapshotPage> {
    const { items, ...page } = pageOf(await this.archive.ofRound(tenant, roundId), query);
    const language = languageOf(headers['accept-language']);
    return { items: await Promise.all(items.map((issue) => this.#viewOf(tenant, issue, language))), ...page };
  }

  @Get('snapshots/:snapshotId')
  @UseInterceptors(LanguageInterceptor)
  @ApiOperation({ summary: 'Tell of a snapshot: which issue it is, and the SHA-256 of its bytes' })
  @ApiResponse({ status: 200, type: SnapshotView, description: 'The snapshot' })
  @ApiProblems(400, 401, 404, 503)
  async getSnapshot(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<SnapshotView> {
    const issue = await this.archive.issue(tenant, snapshotId);
    return this.#viewOf(tenant, issue, languageOf(headers['accept-language']));
  }

  @SnapshotForm(
    'content',
    'Give a snapshot as canonical JSON (RFC 8785), byte for byte what its SHA-256 was taken of',
    'application/json',
    { format: 'sparbar-snapshot', version: 1, rule: 1 },
  )
  async getSnapshotContent(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { bytes, sha256 } = await this.archive.read(tenant, snapshotId, signal);
    const digest = Buffer.from(sha256, 'hex').toString('base64');
    void reply
      .type('application/json; charset=utf-8')
      .header('ETag', `"${sha256}"`)
      // RFC 9530.
      .header('Repr-Digest', `sha-256=:${digest}:`);
    return bytes;
  }

  @SnapshotForm('report', 'Give a snapshot as a page to read and print', 'text/html', '<!DOCTYPE html>')
  async getSnapshotReport(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { content } = await this.archive.form('report', tenant, snapshotId, signal);
    void reply.type('text/html; charset=utf-8').header('Content-Security-Policy', pagePolicy);
    return content;
  }

  @SnapshotForm(
    'table',
    'Give the items of a snapshot as CSV, for a Swedish spreadsheet',
    'text/csv',
    '"Slag";"Nummer";"Titel"',
  )
  async getSnapshotTable(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { content, name } = await this.archive.form('table', tenant, snapshotId, signal);
    void reply.type('text/csv; charset=utf-8').header('Content-Disposition', attachment(`${name}.csv`));
    return content;
  }

  @SnapshotForm(
    'indicator-table',
    'Give the values of the indicators of a snapshot as CSV, for a Swedish spreadsheet',
    'text/csv',
    '"Indikator";"Enhet";"Önskad riktning"',
  )
  async getSnapshotIndicatorTable(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { content, name } = await this.archive.form('indicator-table', tenant, snapshotId, signal);
    void reply.type('text/csv; charset=utf-8').header('Content-Disposition', attachment(`${name}.csv`));
    return content;
  }

  @SnapshotForm('workbook', 'Give a snapshot as a workbook (XLSX)', workbookType, 'PK…')
  async getSnapshotWorkbook(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { content, name } = await this.archive.form('workbook', tenant, snapshotId, signal);
    void reply.type(workbookType).header('Content-Disposition', attachment(`${name}.xlsx`));
    return Buffer.from(content);
  }

  @Get('snapshots/:snapshotId/verification')
  @ApiOperation({
    summary: 'Fold the log anew, and tell whether the snapshot is what comes out',
    description: 'Compares the bytes that are kept, and the SHA-256 that the log recorded, with the fold.',
  })
  @ApiResponse({ status: 200, type: SnapshotVerificationView, description: 'What was found' })
  @ApiProblems(400, 401, 404, 503)
  verifySnapshot(
    @PathId('snapshotId') snapshotId: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<SnapshotVerificationView> {
    return this.archive.verify(tenant, snapshotId, signal);
  }

  @Get('snapshots/:snapshotId/comparison')
  @ApiOperation({ summary: 'Compare what was reported then with another snapshot, or with what is known now' })
  @ApiResponse({ status: 200, type: SnapshotComparisonView, description: 'What is told otherwise' })
  @ApiProblems(400, 401, 404, 503)
  compareSnapshot(
    @PathId('snapshotId') snapshotId: string,
    @Query() query: ComparisonQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<SnapshotComparisonView> {
    return this.archive.compare(tenant, snapshotId, query.with, signal);
  }

  async #viewOf(tenant: string, issue: RoundIssue, language: Language): Promise<SnapshotView> {
    return snapshotView(issue, await this.making.of(tenant, issue), language);
  }
}

const attachment = (name: string): string => `attachment; filename="${name}"`;
