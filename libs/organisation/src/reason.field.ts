/** Why something that was recorded is corrected or taken back. */
export const reasonField = { description: 'Why', max: 2_000, example: 'Registrerades under fel namn' } as const;
