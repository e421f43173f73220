/** The API as `/v1/api-info` and its OpenAPI document tell of it. */
export const about = {
  name: 'Spårbar',
  version: '1.0.0',
  /** ISO day. */
  released: '2026-11-24',
  description:
    "Event-sourced follow-up of municipal goals: every assessment, revision and indicator update is kept, and can be replayed as of any day and as known at any instant.\n\nKnown limitations: a body's alias is checked against read models that may be a moment behind. A GET takes `waitFor`, the position of a receipt, and answers when the read models have come to it.",
} as const;
