/** Something answers that is not Spårbar's API: a proxy before it, or another service. */
export class NoSparbar extends Error {
  constructor(status: number, type: string, text: string) {
    const [, title = ''] = /<title[^>]*>([^<]*)</i.exec(text) ?? [];
    const said = title.trim() ? `, “${title.trim().slice(0, 100)}”` : '';
    super(
      `What answers is not Spårbar's API: ${status}, ${type || 'of no type'}${said}. Is --url right, and what stands before it up?`,
    );
    this.name = 'NoSparbar';
  }
}
