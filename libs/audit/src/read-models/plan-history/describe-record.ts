import type { FormalDecision } from '#kernel';
import type { Directory } from '#reading';
import type { RecordEntry } from './record-entry.js';

const sexes: Readonly<Record<string, string>> = { total: 'totalt', women: 'kvinnor', men: 'män' };

const properties: Readonly<Record<string, string>> = {
  title: 'titel',
  owner: 'ägare',
  validity: 'giltighet',
  scale: 'skala',
  kinds: 'nivåer',
  documents: 'styrdokument',
  calendar: 'kalender',
};

/** What of an indicator was taken back. */
const takenBackOf: Readonly<Record<string, (about: RecordEntry['about']) => string>> = {
  IndicatorValueRecorded: (about) => `Värdet för ${textOf(about['period'])}`,
  IndicatorRedefined: () => 'En ny definition av indikatorn',
  IndicatorTargetSet: () => 'Målet för indikatorn',
};

/** What an event of a plan, an indicator or a round says to a Swedish reader, in one line. */
export function describeRecord({ about, after, corrects, type }: RecordEntry, directory: Directory): string {
  const body = () => directory.body(textOf(about['bodyId'])).name;
  const because = () => (about['reason'] === undefined ? '' : `: ${textOf(about['reason'])}`);
  const correction = corrects === undefined ? '' : 'Rättelse: ';
  switch (type) {
    case 'PlanAdopted':
      return `Planen antogs: ”${textOf(after['title'])}”`;
    case 'PlanAmended':
      return `${correction}Planen ändrades: ${
        Object.keys(after)
          .map((property) => properties[property] ?? property)
          .join(', ') || 'beslutet'
      }`;
    case 'PlanCancelled':
      return `Planen registrerades av misstag och togs bort${because()}`;
    case 'LoadRecorded':
      return `En planfil lästes in: ${String(after['events'])} händelser`;
    case 'LoadTakeBackDecided':
      return `Det som lästes in ska tas tillbaka, i ${String(after['steps'])} steg${because()}`;
    case 'LoadTakenBack':
      return after['undone'] === 0
        ? 'Det som lästes in togs tillbaka'
        : `Det som lästes in togs tillbaka, utom ${String(after['undone'])} steg som något annat hade hunnit före`;
    case 'RevisionDecided':
      return `En revidering beslutades, i ${String(about['steps'])} steg${about['comment'] === undefined ? '' : `: ${textOf(about['comment'])}`}`;
    case 'RevisionCarriedOut':
      return about['undone'] === 0
        ? 'Revideringen genomfördes'
        : `Revideringen genomfördes, utom ${String(about['undone'])} steg som något annat hade hunnit före`;
    case 'IndicatorDefined':
      return `Indikatorn definierades: ”${textOf(after['name'])}”`;
    case 'IndicatorRedefined':
      return `${correction}Indikatorn definierades om${because()}`;
    case 'IndicatorValueRecorded':
      return `Värde för ${textOf(about['period'])} registrerades (${cellsOf(after)})`;
    case 'IndicatorValueCorrected':
      return `Värde för ${textOf(about['period'])} rättades (${cellsOf(after)})${because()}`;
    case 'IndicatorTargetSet':
      return `${correction}Målet för indikatorn sattes`;
    case 'IndicatorRetired':
      return `Indikatorn följs inte längre${because()}`;
    case 'IndicatorRetirementCancelled':
      return `Indikatorn följs fortfarande${because()}`;
    case 'IndicatorChangeCancelled':
      return `${takenBackOf[textOf(about['change'])]!(about)} togs tillbaka${because()}`;
    case 'IndicatorCancelled':
      return `Indikatorn togs tillbaka${because()}`;
    case 'RoundPlanned':
      return `${textOf(after['label'])} planerades`;
    case 'RoundOpened':
      return `${textOf(after['label'])} öppnades`;
    case 'RoundAmended':
      return `Uppföljningen ändrades (${amendedTo(after)})${because()}`;
    case 'RoundCancelled':
      return `Uppföljningen ställdes in${because()}`;
    case 'BodyDeadlineExtended':
      return `${body()} fick anstånd till ${textOf(after['deadline'])}${because()}`;
    case 'BodyExtensionRecalled':
      return `${body()} har inte längre anstånd${because()}`;
    case 'BodyReported':
      return `${body()} anmälde sig klar`;
    case 'BodyReportRecalled':
      return `${body()} tog tillbaka att den är klar${because()}`;
    case 'RoundMissingListed':
      return `Vad som saknas förtecknades (del ${String(after['part'])} av ${String(after['of'])})`;
    case 'RoundReminded':
      return 'Påminnelse skickades till dem som inte är klara';
    case 'RoundFrozen':
      return about['override'] === undefined
        ? 'Uppföljningen frystes'
        : `Uppföljningen frystes, trots att alla inte var klara: ${textOf(about['override'])}`;
    case 'SnapshotReissued':
      return `Utgåva ${String(about['issue'])} begärdes${because()}`;
    case 'SnapshotRecorded':
      return `Utgåva ${String(about['issue'])} registrerades med SHA-256 ${textOf(after['sha256'])}`;
    case 'DecisionCorrected': {
      const { bodyId, date, paragraph } = after['decided'] as FormalDecision;
      const told = [directory.body(bodyId).name, date, ...(paragraph === undefined ? [] : [paragraph])].join(' ');
      return `Ett beslut rättades till ${told}${because()}`;
    }
    case 'RoundDecided':
      return `Beslut fattades om utgåva ${String(about['issue'])}`;
  }
}

/** Such as `sista dag 2025-05-07, schema`. */
function amendedTo(after: RecordEntry['after']): string {
  const told: Readonly<Record<string, string>> = {
    label: `namn ”${textOf(after['label'])}”`,
    referenceDate: `avser ${textOf(after['referenceDate'])}`,
    deadline: `sista dag ${textOf(after['deadline'])}`,
    scope: 'omfattning',
    othersMayContribute: `bidrag från andra än berörda: ${after['othersMayContribute'] === true ? 'ja' : 'nej'}`,
    schedule: 'schema',
  };
  return Object.keys(after)
    .map((property) => told[property] ?? property)
    .join(', ');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '–');

/** Such as `totalt 5 787 (okt), män saknas`. */
function cellsOf(after: RecordEntry['after']): string {
  return Object.entries(after)
    .filter(([column]) => column in sexes)
    .map(([column, cell]) => {
      const { asPrinted, value } = cell as { readonly asPrinted?: string; readonly value?: string };
      return `${sexes[column]} ${asPrinted ?? value?.replace('.', ',') ?? 'saknas'}`;
    })
    .join(', ');
}
