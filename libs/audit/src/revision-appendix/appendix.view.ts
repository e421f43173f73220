import {
  AnyTextField,
  ChoiceField,
  CodeField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  OfMoment,
} from '#http-api';
import { discontinuationReasons, LinkView, successionKinds } from '#planning';
import type { DiscontinuationReason } from '#planning';
import { warningCodes } from './appendix.js';
import type { AppendixClass, AppendixWarning } from './appendix.js';
import type { Word } from './compared-words.js';

const classes = [...successionKinds, 'completed', 'discontinued', 'untold'] as const satisfies readonly AppendixClass[];
const changes = ['removed', 'added'] as const satisfies readonly Word['change'][];

class AppendixPlanView {
  @IdField({ description: 'The plan' })
  id!: string;
  @CodeField({ example: 'amn-verksamhetsplan-2025', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Verksamhetsplan 2025', description: 'Its title' })
  title!: string;
}

class AppendixItemView {
  @IdField({ description: 'The item' })
  id!: string;
  @AnyTextField({ example: 'Åtgärd 41', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: '41', description: 'Its number, where it has one', optional: true })
  number?: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
}

class WordView {
  @AnyTextField({ example: 'praktik', description: 'A part of the text' })
  text!: string;
  @ChoiceField({
    of: changes,
    description: 'Which of the two texts alone has it; left out where both have it',
    optional: true,
  })
  change?: (typeof changes)[number];
}

class AppendixSuccessorView {
  @ObjectField(() => AppendixItemView, { description: 'The newer item' })
  item!: AppendixItemView;
  @ObjectsField(() => LinkView, { description: 'Every link to it' })
  links!: readonly LinkView[];
  @ObjectsField(() => WordView, { description: 'The two titles word by word, as they read on the day of the link' })
  title!: readonly WordView[];
  @ObjectsField(() => WordView, { description: 'The two texts word by word, as they read on that day' })
  text!: readonly WordView[];
}

class AppendixWarningView {
  @ChoiceField({ of: warningCodes, description: 'What is the matter' })
  code!: AppendixWarning['code'];
  @AnyTextField({
    example: 'Dokumentet säger ”Oförändrad”, och den är inte oförändrad: texten är en annan',
    description: 'The same in words',
  })
  words!: string;
}

class AppendixRowView {
  @ObjectField(() => AppendixItemView, { description: 'The older item' })
  item!: AppendixItemView;
  @AnyTextField({ example: 'Ny formulering', description: 'How the document itself calls it', optional: true })
  printedLabel?: string;
  @ChoiceField({ of: classes, description: 'What happened to it; untold where the log does not tell' })
  class!: AppendixClass;
  @AnyTextField({ example: 'Upphörd, blev aktivitet', description: 'The same in words, with the reason' })
  classLabel!: string;
  @ChoiceField({ of: discontinuationReasons, description: 'Why it was discontinued', optional: true })
  reason?: DiscontinuationReason;
  @AnyTextField({ description: 'A remark', optional: true })
  comment?: string;
  @AnyTextField({
    example: 'Arbetsmarknadsnämnden, 2024-12-20, § 87',
    description: 'The formal decision, in words',
    optional: true,
  })
  decision?: string;
  @ObjectsField(() => AppendixSuccessorView, { description: 'The items of the newer plan that succeed it' })
  successors!: readonly AppendixSuccessorView[];
  @ObjectsField(() => AppendixWarningView, { description: 'What a reader should know' })
  warnings!: readonly AppendixWarningView[];
}

class AppendixTotalView {
  @ChoiceField({ of: classes, description: 'The class' })
  class!: AppendixClass;
  @ChoiceField({ of: discontinuationReasons, description: 'Of those that were discontinued: why', optional: true })
  reason?: DiscontinuationReason;
  @AnyTextField({ example: 'Omformulerad', description: 'The same in words' })
  label!: string;
  @IntegerField({ min: 1, example: 8, description: 'How many rows there are of it' })
  count!: number;
}

class AppendixContent {
  @ObjectField(() => AppendixPlanView, { description: 'The older plan' })
  older!: AppendixPlanView;
  @ObjectField(() => AppendixPlanView, { description: 'The newer plan' })
  newer!: AppendixPlanView;
  @ObjectsField(() => AppendixRowView, { description: 'An item of the older plan each, in the order of that plan' })
  rows!: readonly AppendixRowView[];
  @ObjectsField(() => AppendixTotalView, { description: 'The rows counted by class: they add up to all of them' })
  totals!: readonly AppendixTotalView[];
  @ObjectsField(() => AppendixItemView, {
    description: 'The items of the newer plan that succeed none of the older one',
  })
  added!: readonly AppendixItemView[];
}

export class AppendixView extends OfMoment(AppendixContent) {}
