import { describe, it } from '@jest/globals';
import { adopted, command, given, onDay, plan, reworded, subject } from '../testing/item.examples.js';

describe('An item is reworded', () => {
  const reword = (data: Parameters<typeof command<'RewordItem'>>[1], on?: string) =>
    command('RewordItem', data, { plan }, on);

  it('in what has changed, beside what the document calls the revision', () => {
    given(adopted())
      .when(
        reword({
          title: 'Fler i arbete',
          text: 'Med stöd av näringslivet',
          printedLabel: 'Oförändrad',
          reason: 'Förtydligat',
        }),
      )
      .then({
        type: 'ItemReworded',
        data: {
          ...subject,
          text: 'Med stöd av näringslivet',
          printedLabel: 'Oförändrad',
          reason: 'Förtydligat',
        },
      });
  });

  it('not at all where nothing has changed, also where the same letters come composed otherwise', () => {
    given(adopted({ title: 'Färre utanför', expectedEffects: ['Egen försörjning'] }))
      .when(reword({ title: 'Färre utanför'.normalize('NFD'), expectedEffects: ['Egen försörjning'], reason: 'Igen' }))
      .then();
  });

  it('in its documents, which the plan names, and its expected effects', () => {
    given(adopted())
      .when(reword({ documents: ['trygghetsprogram'], expectedEffects: ['Fler i egen försörjning'] }))
      .then({
        type: 'ItemReworded',
        data: { ...subject, documents: ['trygghetsprogram'], expectedEffects: ['Fler i egen försörjning'] },
      });
    given(adopted())
      .when(reword({ documents: ['okant'] }))
      .refused('document-of-plan');
  });

  it('only by one who says how', () => {
    given(adopted())
      .when(reword({ printedLabel: 'Omformulerad' }))
      .refused('wording-given');
  });

  it('late, which does not undo what has held since a later day', () => {
    const history = [adopted(), onDay('2025-06-01', reworded('Lydelsen i juni'))];
    given(...history, onDay('2025-03-01', reworded('Lydelsen i mars')))
      .when(reword({ title: 'Lydelsen i juni' }, '2025-07-01'))
      .then();
  });

  it('late, to say that the wording of today held earlier', () => {
    given(adopted(), onDay('2025-06-01', reworded('Lydelsen i juni')))
      .when(reword({ title: 'Lydelsen i juni' }, '2025-04-01'))
      .then(reworded('Lydelsen i juni'));
  });

  it('not at all where its words hold on the day already, though others are to come', () => {
    given(adopted(), onDay('2027-01-01', reworded('Lydelsen 2027')))
      .when(reword({ title: 'Fler i arbete' }, '2025-06-01'))
      .then();
    given(adopted(), onDay('2025-03-01', reworded('Lydelsen i mars')), onDay('2027-01-01', reworded('Lydelsen 2027')))
      .when(reword({ title: 'Lydelsen i mars' }, '2025-06-01'))
      .then();
  });

  it('today, where its words of a day to come are those of today again', () => {
    given(adopted(), onDay('2027-01-01', reworded('Lydelsen 2027')))
      .when(reword({ title: 'Fler i arbete' }, '2027-01-01'))
      .then(reworded('Fler i arbete'));
    given(adopted(), onDay('2027-01-01', reworded('Lydelsen 2027')))
      .when(reword({ title: 'Lydelsen 2027' }, '2026-01-01'))
      .then(reworded('Lydelsen 2027'));
  });
});
