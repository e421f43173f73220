import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AnyTextField, ChoiceField, DayField } from './schema/fields.js';
import { about } from './about.js';
import { Open } from './auth/permit.js';

class ApiInfo {
  @AnyTextField({ example: 'Spårbar', description: 'The name of the API' })
  apiName!: string;
  @AnyTextField({ example: '1.0.0', description: 'Its version' })
  apiVersion!: string;
  @DayField({ example: '2026-11-24', description: 'When the version was released' })
  apiReleased!: string;
  @AnyTextField({ example: '/v1/openapi.json', description: 'Where it is described' })
  apiDocumentation!: string;
  @ChoiceField({ of: ['active', 'deprecated'], example: 'active', description: 'Whether it should be used' })
  apiStatus!: string;
}

/** What DIGG's REST profile lets a caller ask of an API. */
@ApiTags('About')
@Controller('api-info')
export class ApiInfoController {
  @Get()
  @Open()
  @ApiOperation({ summary: 'Tell which API this is', security: [] })
  @ApiResponse({ status: 200, type: ApiInfo, description: 'The API' })
  getApiInfo(): ApiInfo {
    return {
      apiName: about.name,
      apiVersion: about.version,
      apiReleased: about.released,
      apiDocumentation: '/v1/openapi.json',
      apiStatus: 'active',
    };
  }
}
