import type { gapReasons, Role } from '#kernel';

export const roleNames: Readonly<Record<Role, string>> = {
  reader: 'Läsare',
  reporter: 'Rapportör',
  controller: 'Controller',
  auditor: 'Revisor',
  administrator: 'Administratör',
};

export const lifecycles: Readonly<Record<string, string>> = {
  active: 'Gäller',
  retained: 'Kvarstår',
  completed: 'Avslutad',
  discontinued: 'Utgått',
};

export const trends: Readonly<Record<string, string>> = {
  better: 'bättre än förra gången',
  worse: 'sämre än förra gången',
  unchanged: 'oförändrat sedan förra gången',
  'not-comparable': 'går inte att jämföra med förra gången',
};

export const gaps: Readonly<Record<(typeof gapReasons)[number], string>> = {
  'not-measured': 'mäts inte',
  'not-split-by-sex': 'delas inte på kön',
  'not-applicable': '–',
  'not-reported': 'inte rapporterat',
  secrecy: 'sekretess',
  'small-numbers': 'för få personer',
  'not-yet-published': 'inte publicerat än',
  'nothing-to-report': 'inget att rapportera',
  'no-reason': 'tomt',
};

export const roundStatuses: Readonly<Record<string, string>> = {
  planned: 'Planerad',
  open: 'Öppen',
  ready: 'Alla klara',
  frozen: 'Fryst',
  decided: 'Beslutad',
  cancelled: 'Inställd',
};

const day = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `8 april 2025` of an ISO day. */
export const swedishDay = (isoDay: string): string => day.format(new Date(`${isoDay}T00:00:00Z`));

/** `8 april 2025 kl. 10:12`, on the Swedish clock. */
export const swedishInstant = (instant: string): string => clock.format(new Date(instant));
