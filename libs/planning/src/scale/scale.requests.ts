import { CodeField, CommandRequest, IntegerField, ObjectsField, TextField } from '#http-api';

/** A level, as requests and answers tell of it. */
export class LevelFields {
  @CodeField({ description: 'The level as data', example: 'on-track' })
  code!: string;

  @TextField({ description: 'The level as a reader sees it', example: 'Grön', max: 100 })
  label!: string;

  @TextField({ description: 'What it says about an item', example: 'Uppdraget pågår/väntar enligt plan', max: 500 })
  meaning!: string;

  @CodeField({ description: 'Its colour; several levels may share one', example: 'green' })
  colour!: string;

  @CodeField({ description: 'Its icon, so that colour is never the only carrier of meaning', example: 'circle' })
  icon!: string;

  @IntegerField({ description: 'Its place on the scale; 1 is the best', min: 1, max: 100, example: 2 })
  rank!: number;
}

export class ReviseScaleRequest extends CommandRequest {
  @ObjectsField(() => LevelFields, { description: 'All levels', min: 2, max: 100 })
  levels!: LevelFields[];
}

export class DefineScaleRequest extends ReviseScaleRequest {
  @CodeField({
    description: 'A stable short name of your own, once per tenant',
    example: 'uppsala-fyra-nivaer',
    optional: true,
  })
  key?: string;

  @TextField({ description: 'What the scale is called', example: 'Bedömning av uppdrag', max: 200 })
  name!: string;
}
