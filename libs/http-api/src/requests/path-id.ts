import { Param } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { faultIn, kind, MalformedInput } from '#kernel';
import type { Kind } from '#kernel';

/** A value in the path. @throws MalformedInput where it is not of the kind */
export const PathValue =
  (name: string, of: Kind<string>, description?: string): ParameterDecorator =>
  (target, method, index) => {
    Param(name, new PathPipe(name, of))(target, method, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, method!) as TypedPropertyDescriptor<unknown>;
    const schema = of.schema as object;
    ApiParam({ name, schema, ...(description !== undefined && { description }) })(target, method!, descriptor);
  };

/** A UUID in the path; in capitals it is the same. @throws MalformedInput where it is none */
export const PathId = (name: string): ParameterDecorator => PathValue(name, kind.id);

class PathPipe implements PipeTransform<string, string> {
  constructor(
    private readonly field: string,
    private readonly of: Kind<string>,
  ) {}

  transform(value: string): string {
    const fault = faultIn(this.of, value);
    if (fault !== undefined) throw new MalformedInput([{ field: this.field, said: fault }]);
    return this.of.tidy?.(value) ?? value;
  }
}
