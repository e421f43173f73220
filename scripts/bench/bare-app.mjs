import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

// The least that has what the standalone is made of: Nest on Fastify, with the document of an API without routes.
class BareModule {}
Module({})(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
SwaggerModule.setup('v1/docs', app, () => SwaggerModule.createDocument(app, new DocumentBuilder().build()), {
  ui: false,
});
await app.listen(0, '127.0.0.1');
console.log(`listens on ${await app.getUrl()}`);
