import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { limitsExtension } from '../bounds/limit-bodies.js';
import type { Rates } from '../bounds/rate-limits.js';
import type { Turns } from '../bounds/request-turns.js';
import { kind, languages, usualLanguage } from '#kernel';
import { about } from '../about.js';
import { everywhere, problemResponse } from '../problems/api-problems.js';
import type { ProblemStatus } from '../problems/api-problems.js';
import { DamageNote } from '../problems/damage.view.js';
import { componentOf } from '../schema/json-schema.js';
import { describedClasses } from '../schema/registry.js';
import { entityTagOf, ifNoneMatch } from '../requests/entity-tags.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Components = Record<string, Record<string, unknown>>;

/** How much is taken of a caller, whichever operations it asks for. */
export interface LimitsOfCallers {
  readonly rates: Rates;
  readonly turns: Turns;
}

/** The API described (OpenAPI 3.1): the routes as the framework finds them, requests and answers as their classes say. */
export function openApiOf(app: INestApplication, { rates, turns }: LimitsOfCallers): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(about.name)
    .setDescription(about.description)
    .setVersion(about.version)
    .setContact('The operator of this service', '', 'registrator@example.org')
    .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/en/')
    .addServer('/')
    .addBearerAuth()
    .build();
  // A controller's method is called as its operation: a verb, and what it is about.
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (_, method) => method });
  document.security = [{ bearer: [] }];
  Object.assign(document, { [limitsExtension]: { requestsOfOneSecond: rates, requestsOfOneTenant: turns } });
  const components = describedComponents(document.components!.schemas as Components);
  document.components!.schemas = components;
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of ['get', 'post'] as const) {
      if (operations[method]) complete(operations[method], path, method, components);
    }
  }
  return document;
}

/** What the framework found, as the classes themselves say it. @throws Error where two of them have one name */
function describedComponents(found: Components): Components {
  const byName = new Map<string, unknown>();
  for (const described of describedClasses().filter(({ name }) => name in found)) {
    if (byName.has(described.name)) throw new Error(`Two classes are called ${described.name}, of which one is meant`);
    byName.set(described.name, componentOf(described));
  }
  byName.set(DamageNote.name, componentOf(DamageNote));
  return { ...found, ...Object.fromEntries(byName) } as Components;
}

/** Adds what holds for routes of its kind. */
function complete(operation: Operation, path: string, method: 'get' | 'post', components: Components): void {
  const { parameters = [], requestBody } = operation;
  const isOpen = operation.security?.length === 0;
  const isNamed = parameters.some((parameter) => 'in' in parameter && parameter.in === 'path');
  const statuses: ProblemStatus[] = [
    ...everywhere,
    ...(isOpen ? [] : [401 as const]),
    ...(isNamed ? [404 as const] : []),
    ...(method === 'post' ? [413 as const, 415 as const] : []),
  ];
  for (const status of statuses) operation.responses[status] ??= problemResponse(status);
  const isTagged = method === 'get' && path.startsWith('/v1/') && !isStream(operation);
  if (isTagged) {
    operation.responses['304'] ??= { description: 'The copy that the caller has is the newest', headers: tagOfRead };
    operation.parameters = [...(operation.parameters ?? []), ifNoneMatch];
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!response || '$ref' in response) continue;
    response.headers = {
      ...response.headers,
      'X-Request-Id': requestId,
      ...(isTagged && status === '200' && tagOfRead),
    };
    if (status.startsWith('2')) mayTellDamage(response.content?.['application/json']?.schema, components);
  }
  operation.parameters = [
    ...(operation.parameters ?? []),
    ...(method === 'get' && !isOpen ? [waitForParameter] : []),
    acceptLanguage,
  ];
  const asked =
    requestBody && !('$ref' in requestBody) && componentIn(requestBody.content['application/json'], components);
  // What has no field that must be there may be left out.
  if (asked && !asked['required']) (requestBody as { required?: boolean }).required = false;
}

const componentIn = (content: { schema?: unknown } | undefined, components: Components) => {
  const reference = (content?.schema as { $ref?: string } | undefined)?.$ref;
  return reference === undefined ? undefined : components[reference.split('/').at(-1)!];
};

/** Any answer that is an object says it where the log that it is told from is not whole. */
function mayTellDamage(schema: unknown, components: Components): void {
  const answered = componentIn({ schema }, components);
  if (!answered) return;
  answered['properties'] = { ...(answered['properties'] as object), logDamage };
}

const logDamage = {
  type: 'array',
  items: { $ref: `#/components/schemas/${DamageNote.name}` },
  description: 'The streams of the log that are not whole, where the answer is told from such',
};

const isStream = ({ responses: { 200: answer } }: Operation): boolean =>
  answer !== undefined && 'content' in answer && 'text/event-stream' in (answer.content ?? {});

const tagOfRead = entityTagOf('What the answer says, behind the revision of what it shows where it has one');

const requestId = {
  description: 'The request, as the logs name it',
  schema: { type: 'string' as const, format: 'uuid' },
};

const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header' as const,
  required: false,
  description: `The language of problems: ${languages.join(' or ')}, ${usualLanguage} where neither is asked for`,
  example: 'sv',
  schema: { type: 'string' as const },
};

const waitForParameter = {
  name: 'waitFor',
  in: 'query' as const,
  required: false,
  description: 'The position of a receipt: the answer waits until the read models have come to it',
  example: '00000000000000000412',
  schema: { type: 'string', pattern: kind.position.schema.pattern! },
};
