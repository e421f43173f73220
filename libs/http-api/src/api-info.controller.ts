import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { about } from './about.js';
import { Open } from './auth/permit.js';

class ApiInfo {
  @ApiProperty({ example: 'Spårbar', description: 'The name of the API' })
  apiName!: string;
  @ApiProperty({ example: '1.0.0', description: 'Its version' })
  apiVersion!: string;
  @ApiProperty({ format: 'date', example: '2026-11-24', description: 'When the version was released' })
  apiReleased!: string;
  @ApiProperty({ example: '/v1/openapi.json', description: 'Where it is described' })
  apiDocumentation!: string;
  @ApiProperty({ enum: ['active', 'deprecated'], example: 'active', description: 'Whether it should be used' })
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
  info(): ApiInfo {
    return {
      apiName: about.name,
      apiVersion: about.version,
      apiReleased: about.released,
      apiDocumentation: '/v1/openapi.json',
      apiStatus: 'active',
    };
  }
}
