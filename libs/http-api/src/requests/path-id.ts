import { Param } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { isId, MalformedInput } from '#kernel';

/** A UUID in the path. @throws MalformedInput where it is none */
export const PathId = (name: string): ParameterDecorator => Param(name, new PathIdPipe(name));

class PathIdPipe implements PipeTransform<string, string> {
  constructor(private readonly field: string) {}

  transform(value: string): string {
    if (!isId(value)) throw new MalformedInput([{ field: this.field, message: 'must be a UUID' }]);
    return value.toLowerCase();
  }
}
