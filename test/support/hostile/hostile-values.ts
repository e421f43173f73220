const megabyte = 1024 * 1024;
const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join('');

/** What is put in the place of every value of a body: each type that JSON has. */
export const inBodies: readonly unknown[] = [null, true, 1.5, [], {}, [[{}]], 'x\u0000\u001b\u202e'];

/** What is put in some places, such that all of it comes to each kind of value. */
export const inBodiesToo: readonly unknown[] = [
  ...[0, -1, 1e300, 2 ** 53, [null], { toString: 'x' }, { length: 1 }, Array(1_000).fill({}), Array(600).fill('x')],
  ...['', ' ', '\ud800', '__proto__', 'constructor', 'x'.repeat(30_000), '💩'.repeat(20_000)],
  ...['0000-00-00', '9999-12-31', '0001-01-01', '+275760-09-13', `1e${'9'.repeat(400)}`, `1${'0'.repeat(39)}`],
  '00000000-0000-0000-0000-000000000000',
];

/** What is put in the place of every value of a query, percent-encoded. */
export const inQueries: readonly string[] = [
  ...['', 'x', '-1', '0', '1e99', '9'.repeat(300), 'a'.repeat(7_000), '0.5', 'true', 'null', '%5B%5D', '%7B%7D'],
  ...['%00', '%F0%9F', '%ff', '%ED%A0%80', '%E2%80%AE', '%25', '*', '.*', '(', '%5C', "'%22%3B--", '$ne', '__proto__'],
  ...['0001-01-01', '9999-12-31', '2025-02-30', '2025-13-01', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z'],
  ...['99999999999999999999', '00000000000000000000', '2025-01-01T00:00:00%2B99:99', '-000001-01-01T00:00:00Z'],
];

/** What is put in the place of every value of a path, percent-encoded. */
export const inPaths: readonly string[] = [
  ...['%00', '%ff', '%zz', '..', '%2e%2e%2f', '%2f', '%5C', '.', '*', '%20', '__proto__', 'constructor', 'toString'],
  ...['x'.repeat(200), 'x'.repeat(3_000), '%F0%9F%92%A9'.repeat(60), '%E2%80%AE', 'null', '0', '-1', '1e99'],
  ...['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', '%7Bid%7D', '{}', '[]'],
];

/** Headers that come in addition to those of every request, or in their place; undefined leaves one out. */
export const headers: readonly Readonly<Record<string, string | undefined>>[] = [
  ...[
    undefined,
    '',
    'Bearer',
    'Bearer x',
    'Basic eDp5',
    `Bearer ${'x'.repeat(8_000)}`,
    'Bearer a.b.c',
    'Bearer \xff',
  ].map((authorization) => ({ authorization })),
  // {"alg":"none"} and an empty object; a header that is no object.
  ...['eyJhbGciOiJub25lIn0.e30.', 'bnVsbA.bnVsbA.bnVsbA'].map((token) => ({ authorization: `Bearer ${token}` })),
  ...['', ' ', 'x'.repeat(201), 'x y', '\xe5', '"', '__proto__', 'a,b'].map((key) => ({ 'idempotency-key': key })),
  ...[
    '',
    '*',
    '3',
    '"3"',
    '"-1"',
    '"999999999999999"',
    '"9999999999999999999"',
    'W/"0-x"',
    '"a","b"',
    'x'.repeat(8_000),
  ].map((tag) => ({ 'if-match': tag, 'if-none-match': tag })),
  ...['x', '\xff', 'x'.repeat(8_000), "'; --"].map((id) => ({ 'x-request-id': id, 'last-event-id': id })),
  ...[
    'text/plain',
    'multipart/form-data',
    ';;;',
    'application/json; charset=x',
    'application/yaml',
    'application/json, x',
  ].map((type) => ({ 'content-type': type })),
  ...['gzip', 'br, gzip', 'identity', 'x'].map((coding) => ({ 'content-encoding': coding, 'accept-encoding': coding })),
  ...['image/png', '*', ';;;', 'x'.repeat(8_000)].map((accept) => ({ accept, 'accept-language': accept })),
  { range: 'bytes=0-0,5-', 'if-range': '"x"', 'if-modified-since': 'x', 'if-unmodified-since': '0' },
  { 'x-http-method-override': 'DELETE', 'x-forwarded-for': 'x', 'x-forwarded-host': '\xff', forwarded: ';;' },
  { origin: 'null', cookie: '__proto__=x; ;', te: 'trailers', upgrade: 'h2c', expect: '100-continue' },
  { expect: 'x' },
  Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x-${n}`, 'x'])),
];

/** Bodies of JSON that are refused wherever they come. */
export const bodies: readonly (readonly [what: string, body: string | Buffer])[] = [
  ['330,000 keys', `{${many(330_000, (n) => `"k${n}":1,`)}"z":1}`],
  ['19,000 unknown keys', `{${many(19_000, (n) => `"k${n}":1,`)}"z":1}`],
  ['99 unknown keys of 40 kB', `{${many(99, (n) => `"${'k'.repeat(40_000)}${n}":1,`)}"z":1}`],
  ['900 unknown lists', `{${many(900, (n) => `"k${n}":[[],[]],`)}"z":1}`],
  ['one key 20,000 times', `{${many(20_000, () => '"a":1,')}"a":1}`],
  ['a million levels', '['.repeat(1_000_000)],
  ['5,000 levels', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['fifteen levels', `${'{"a":'.repeat(15)}1${'}'.repeat(15)}`],
  ['a list of 50,000', `{"levels":[${'{},'.repeat(50_000)}{}]}`],
  ['a list of 999', `{"levels":[${'{},'.repeat(998)}{}]}`],
  [
    'lists in lists',
    `[${Array(500)
      .fill(`[${'1,'.repeat(900)}1]`)
      .join()}]`,
  ],
  ['a text of 3 MB', `{"name":"${'å'.repeat(1.5 * megabyte)}"}`],
  ['a text of escapes', `{"name":"${'\\u0000'.repeat(100_000)}"}`],
  ['a key of 3 MB', `{"${'k'.repeat(3 * megabyte)}":1}`],
  ['a number of 100,000 figures', `{"name":${'9'.repeat(100_000)}}`],
  ['blanks', `${' '.repeat(3 * megabyte)}{}`],
  ['latin-1', Buffer.from('{"name":"\xe5"}', 'latin1')],
  ['UTF-16', Buffer.from('\ufeff{"name":"x"}', 'utf16le')],
  ['half a character', Buffer.from([0x22, 0xc3, 0x22])],
  ['a byte order mark', '\ufeff{"name":"x"}'],
  ['__proto__', '{"__proto__":{"x":1},"constructor":{"prototype":{}}}'],
  ['no JSON', '{"name":'],
  ['two values', '{}{}'],
  ['NaN', '{"name":NaN}'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['a number', '1'],
  ['null', 'null'],
  ['nothing but a blank', ' '],
];

/** What is no plan file, and costs much where it is read without thought. */
export const files: readonly (readonly [what: string, file: string | Buffer])[] = [
  ['20,000 short lines', many(20_000, (n) => `a${n}: 1\n`)],
  ['one key 20,000 times', many(20_000, () => 'a: 1\n')],
  ['10,000 aliases', `a: &a [1]\nb: [${'*a,'.repeat(10_000)}]`],
  [
    'aliases of aliases',
    `a: &a [x]\n${many(30, (n) => `b${n}: &b${n} [*${n ? `b${n - 1}` : 'a'},*${n ? `b${n - 1}` : 'a'}]\n`)}`,
  ],
  ['an alias of itself', 'a: &a [*a]'],
  ['merge keys', `a: &a {x: 1}\n${many(1_000, (n) => `b${n}: {<<: *a}\n`)}`],
  ['5,000 levels', `a: ${'['.repeat(5_000)}`],
  ['5,000 dashes', `${'- '.repeat(5_000)}x`],
  ['5,000 questions', '? '.repeat(5_000)],
  ['tags', many(1_000, () => '- !!binary x\n')],
  ['unknown tags', many(1_000, () => '- !<tag:x> {}\n')],
  ['documents', many(1_000, () => '---\na: 1\n')],
  ['directives', many(1_000, () => '%YAML 1.1\n')],
  ['control characters', 'sparbar: "\u0001\u001b"\n'],
  ['a key that changes objects', '__proto__: {x: 1}\nconstructor: 1\n'],
  ['5,000 wrong items', `sparbar: 1\nbodies:\n${many(5_000, () => '  - x\n')}`],
  ['a text of 3 MB', `sparbar: "${'x'.repeat(3 * megabyte)}"`],
  ['a quote that never ends', `a: "${'x\n'.repeat(50_000)}`],
  ['tabs', '\t'.repeat(100_000)],
  ['blanks', `${' '.repeat(100_000)}\n`.repeat(10)],
  ['comments', '# x\n'.repeat(50_000)],
  ['a number', '1'],
  ['a list', '[]'],
  ['nothing', ''],
  ['latin-1', Buffer.from('a: \xe5', 'latin1')],
  ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le')],
];
