import fc from 'fast-check'

/** What nobody should send, and somebody will. */
export const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    2 ** 63,
    1e21,
    1e308,
    -1e308,
    5e-324,
  ),
  fc.constantFrom('', ' ', '\0', 'a\0b', '\ud800', '\udfff\ud800', '\u202e', 'ﷺ', '🏳️‍🌈', '١٢٣', 'e\u0301'),
  fc.constantFrom('null', 'true', '1e3', '0x10', ' 12 ', '+1', '٣', "' or 1=1 --", '%', '_', '\\', '{{x}}'),
  fc.constantFrom(
    '0000-00-00',
    '2026-02-30',
    '9999-12-31T23:59:60Z',
    '+275760-09-13',
    '2026-06-30T10:00:00+99:99',
  ),
  fc.constantFrom('x'.repeat(256), 'á'.repeat(65_536), '9'.repeat(400), 'a@'.repeat(200)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.array(fc.oneof(fc.integer(), fc.string(), fc.constant(null)), { maxLength: 5 }),
  fc.constant(Array.from({ length: 1500 }, (_, n) => n)),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 1, max: 400 }).map(nested),
  fc.constantFrom('__proto__', 'constructor', 'toString').map((key) => JSON.parse(`{"${key}":{"x":1}}`)),
)

export const oddSegment = fc.oneof(
  odd.map((each) => encoded(each) || '0').filter((text) => !/^\.{1,2}$/.test(text)),
  fc.constantFrom(
    '%',
    '%zz',
    '%ff',
    '%00',
    '%2f',
    '1;x=1',
    '1,2',
    '0',
    '-1',
    '1.0',
    '01',
    '9'.repeat(30),
    'x'.repeat(600),
  ),
)
export const oddQuery = fc.oneof(
  fc.constantFrom(
    '&&&',
    '=',
    '?',
    '%',
    '%ff=%ff',
    'page',
    'page[]=1&page[]=2',
    'page[a]=1',
    'a[b][c][d][e]=1',
  ),
  fc.constantFrom(
    'q[]=a',
    'q[x]=a',
    'tags=vip',
    'tags[x]=1',
    'tags[]=a&tags[]=%00',
    'include[]=owner',
    'include=,,,',
  ),
  fc.constantFrom('custom_fields=1', 'custom_fields[__proto__]=1', '__proto__[x]=1', 'custom_fields[a][b]=1'),
  fc.constantFrom(
    'cursor=',
    'cursor=e30',
    'cursor=bnVsbA',
    'cursor=%00',
    'cursor[]=',
    'per_page=-1',
    'page=1e9',
  ),
  fc
    .array(fc.tuple(fc.string(), fc.string()), { maxLength: 300 })
    .map((pairs) => `${new URLSearchParams(pairs)}`),
)
export const oddText = fc.constantFrom(
  '',
  '{',
  '[]',
  '"',
  'null',
  '{"a":1,}',
  '\ufeff{}',
  'NaN',
  '{"name":"a"}{}',
  nestedText(5000),
)
export const oddHeaders = fc.oneof(
  fc
    .constantFrom(
      'text/plain',
      'application/xml',
      'application/json; charset=latin1',
      'x',
      'application/vnd.api+json',
      'multipart/form-data',
    )
    .map((type) => ({ 'content-type': type })),
  fc
    .constantFrom('', ' ', 'crm_', 'null', 'é', `crm_${'x'.repeat(46)}`, 'crm_1', 'x'.repeat(5000))
    .map((key) => ({ 'x-api-key': key })),
  fc.record(
    {
      'x-request-id': fc.constantFrom('a', 'x'.repeat(300), 'req-12345678', '"\'<>'),
      'idempotency-key': fc.constantFrom('a', '"a"', ' ', 'x'.repeat(300), 'é'),
      'if-match': fc.constantFrom('*', '"x"', 'W/"x"', ',,,'),
      'if-none-match': fc.constantFrom('*x', '"x"', 'W/"x", "y"'),
      accept: fc.constantFrom('text/html', 'image/*', ';;;'),
      origin: fc.constantFrom('null', 'https://evil.example'),
      cookie: fc.constantFrom('funil_session=x', 'funil_session=%', ';;=;'),
      'x-forwarded-for': fc.constantFrom('::1', 'x', '1.2.3.4, 5.6.7.8'),
    },
    { requiredKeys: [] },
  ),
)

export function encoded(value: unknown) {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.slice(0, 3000).toWellFormed())
}

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { value }
  return value
}

function nestedText(depth: number) {
  return '['.repeat(depth) + ']'.repeat(depth)
}
