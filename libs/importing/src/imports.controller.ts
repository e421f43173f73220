import { Body, Controller, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AbortOnDisconnect,
  AnyTextField,
  ApiProblems,
  CostlyWork,
  IdField,
  IntegerField,
  LimitedBody,
  Permit,
  Requester,
  TextField,
  ValueField,
} from '#http-api';
import type { Principal } from '#http-api';
import { digestOfText, kind, MalformedInput, say, term } from '#kernel';
import type { Kind } from '#kernel';
import { PlanLoader } from './plan-loader.js';
import { readBeside } from './reading/read-beside.js';
import type { LoadReport } from './plan-loader.js';

class LoadReportView implements LoadReport {
  @AnyTextField({ example: 'plan.yaml', description: 'What messages call the file' })
  file!: string;
  @IntegerField({ min: 0, example: 254, description: 'How many commands the file stands for' })
  commands!: number;
  @IntegerField({ min: 0, example: 254, description: 'How many events were recorded' })
  recorded!: number;
  @IntegerField({ min: 0, example: 0, description: 'How many commands were carried out before, or changed nothing' })
  unchanged!: number;
  @ValueField(kind.position, {
    example: '00000000000000000412',
    description: 'The position of the newest event that the file led to',
  })
  position!: string;
  @IdField({
    description: 'The load, by which it is taken back as one; left out where nothing was recorded',
    optional: true,
  })
  loadId?: string;
}

const rules: Kind<string> = {
  schema: { type: 'string', pattern: '^[a-z0-9-]+(,[a-z0-9-]+)*$', maxLength: 2_000 },
  says: term('rules', 'codes of rules, with commas between', 'koder för regler, med kommatecken emellan'),
};

class ImportQuery {
  @ValueField(rules, {
    description:
      'The rules by which the file is doubted, and is meant all the same, beside those that it confirms itself',
    example: 'period-has-begun',
    optional: true,
  })
  confirm?: string;

  @TextField({
    description: 'What the file is called: the load is told by it',
    max: 200,
    optional: true,
    example: 'plan.yaml',
  })
  file?: string;
}

@ApiTags('Plan files')
@ApiBearerAuth()
@Controller('imports')
export class ImportsController {
  constructor(
    @Inject(PlanLoader) private readonly loader: PlanLoader,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
  ) {}

  @Post()
  @HttpCode(200)
  @Permit('controller')
  @LimitedBody({ bytes: 10 * 1024 * 1024 })
  @ApiOperation({
    summary: 'Load a plan file',
    description: 'Whole or not at all; the same file again changes nothing. For controller.',
  })
  @ApiConsumes('application/yaml')
  @ApiBody({ schema: { type: 'string' }, description: 'A plan file, as its JSON Schema describes it' })
  @ApiResponse({ status: 200, type: LoadReportView, description: 'What the load did' })
  @ApiProblems(400, 401, 403, 413, 422, 503)
  loadPlanFile(
    @Body() text: unknown,
    @Query() { confirm, file }: ImportQuery,
    @Requester() requester: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<LoadReport> {
    if (typeof text !== 'string' || text === '') {
      throw new MalformedInput([{ field: '', said: noPlanFile() }]);
    }
    return this.costly.imports.run(requester.tenant, signal, async () =>
      this.loader.record(
        await readBeside(text, file, signal),
        { digest: digestOfText(text), ...(file && { name: file }) },
        { ...requester, ...(confirm && { confirm: confirm.split(',') }) },
        signal,
      ),
    );
  }
}

const noPlanFile = say(
  'send a plan file with Content-Type: application/yaml',
  'skicka en planfil med Content-Type: application/yaml',
  'plan-file',
);
