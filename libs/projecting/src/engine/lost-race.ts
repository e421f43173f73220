/** Another runner has written in the meantime, or may have. */
export class LostRace extends Error {
  constructor(what: string) {
    super(`Another runner has moved ${what}, or may have`);
    this.name = 'LostRace';
  }
}

/** What a change comes to, or something else where another runner was first: what that one has done is seen soon. */
export async function unlessLost<Answer, Other>(change: Promise<Answer>, otherwise: Other): Promise<Answer | Other> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof LostRace) return otherwise;
    throw error;
  }
}
