import { createHash } from 'node:crypto';

/**
 * Keeps what is written in a form in the browser, until the form was taken: a form says by `data-draft` under which name, a page
 * by `data-taken` what was. Without it forms work as ever, and nothing is kept.
 */
export const drafts = `
const keyOf = (name) => 'utkast:' + name;
const read = (name) => { try { return JSON.parse(localStorage.getItem(keyOf(name))); } catch { return null; } };
const drop = (name) => { try { localStorage.removeItem(keyOf(name)); } catch {} };

for (const taken of document.querySelectorAll('[data-taken]')) drop(taken.dataset.taken);

for (const form of document.querySelectorAll('form[data-draft]')) {
  const name = form.dataset.draft;
  const fields = [...form.elements].filter(({ name, type }) => name && type !== 'hidden' && name !== 'stammer');
  const isOn = (field) => field.type === 'radio' || field.type === 'checkbox';
  const valueOf = (field) => (isOn(field) ? (field.checked ? field.value : undefined) : field.value);
  const told = () => {
    const values = {};
    for (const field of fields) {
      const value = valueOf(field);
      if (value !== undefined && value !== '') (values[field.name] ??= []).push(value);
    }
    return values;
  };
  const shown = JSON.stringify(told());
  const set = (values) => {
    for (const field of fields) {
      const own = values[field.name] ?? [];
      if (isOn(field)) field.checked = own.includes(field.value);
      else field.value = own[0] ?? '';
    }
  };
  const kept = read(name);
  const isOther = kept && JSON.stringify(kept.values) !== shown;
  if (isOther && !form.hasAttribute('data-refused')) {
    const before = JSON.parse(shown);
    set(kept.values);
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.setAttribute('role', 'status');
    const text = document.createElement('p');
    text.textContent = 'Det du skrev ' + new Date(kept.at).toLocaleString('sv-SE', { dateStyle: 'long', timeStyle: 'short' })
      + ' är kvar i den här webbläsaren och har inte sparats än.';
    const away = document.createElement('button');
    away.type = 'button';
    away.className = 'plain';
    away.textContent = 'Släng utkastet';
    away.addEventListener('click', () => {
      set(before);
      drop(name);
      notice.remove();
      form.querySelector('input:not([type=hidden]),textarea')?.focus();
    });
    notice.append(text, away);
    form.prepend(notice);
  }
  form.addEventListener('input', () => {
    const values = told();
    if (JSON.stringify(values) === shown) return drop(name);
    try { localStorage.setItem(keyOf(name), JSON.stringify({ at: Date.now(), values })); } catch {}
  });
}
`.trim();

/** Where it is served, by a name that changes with what it says. */
export const draftsPath = `/utkast-${createHash('sha256').update(drafts).digest('hex').slice(0, 12)}.js`;
