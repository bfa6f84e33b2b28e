import { beforeAll, describe, expect, test } from 'vitest';
import { setLogSink } from '../../../shared/http/log.ts';
import { refusalOf } from './refusal.ts';
import { call, paymentBody, tinyApi } from './tiny-service.ts';

beforeAll(() => setLogSink(() => {}));

const withAmount = (amount: unknown, currency: unknown = 'CNY') => ({
  body: { legs: [{ amount: { amount, currency } }] },
});

describe('the form of the body', () => {
  test('text that is not JSON is refused without being quoted', async () => {
    const { handler } = tinyApi();
    const answer = await call(handler, { body: '{"legs": 6222021234567890123' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/not-json' } });
    expect(JSON.stringify(answer.body)).not.toContain('6222021234567890123');
  });

  test.each([
    ['{"payee":"a","payee":"b"}', '/payee'],
    ['{"legs":[{},{"amount":{"currency":"CNY","currency":"USD"}}]}', '/legs/1/amount/currency'],
    ['{"pay\\u0065e":"a","payee":"b"}', '/payee'],
    ['{"a/b":{"~":1,"~":2}}', '/a~1b/~0'],
    ['{"text":"{\\"x\\":1,\\"x\\":2}","text":""}', '/text'],
  ])('a key that stands twice is pointed at: %s', async (body, pointer) => {
    const { status, code, errors } = await refusalOf({ body });
    expect({ status, code, pointer: errors[0].pointer }).toEqual({
      status: 400,
      code: 'request/duplicate-key',
      pointer,
    });
  });

  test('the same key in different objects is no duplicate', async () => {
    const { handler } = tinyApi();
    const leg = paymentBody.legs[0];
    expect((await call(handler, { body: { legs: [leg, leg] } })).status).toBe(201);
  });

  test('33 levels of nesting are refused', async () => {
    const { status, code } = await refusalOf({ body: '['.repeat(33) + ']'.repeat(33) });
    expect({ status, code }).toEqual({ status: 400, code: 'request/malformed' });
  });

  test('__proto__ is refused as a key and not dropped in silence', async () => {
    const { errors } = await refusalOf({ body: '{"references":{"__proto__":"x"}}' });
    expect(errors).toMatchObject([{ pointer: '/references/__proto__' }]);
  });

  test('bytes that are not UTF-8 are refused', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]).toString('base64');
    expect(await refusalOf({ body, base64: true })).toMatchObject({ status: 400, code: 'request/not-json' });
  });

  test('a form is refused for its content type', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(await refusalOf({ body: 'a=b', headers })).toMatchObject({
      status: 415,
      code: 'request/content-type-not-supported',
      errors: [{ header: 'Content-Type' }],
    });
  });

  test.each([
    ['application/json; charset=gbk', 415],
    ['application/json;charset="ISO-8859-1"', 415],
    ['application/json; charset=UTF-8', 201],
    ['application/json; charset="utf-8"', 201],
    ['application/vnd.yudao+json; profile=x', 201],
  ])('the content type %s is answered with %i', async (type, status) => {
    const { handler } = tinyApi();
    expect((await call(handler, { body: paymentBody, headers: { 'Content-Type': type } })).status).toBe(status);
  });

  test('a missing body is told as such', async () => {
    expect(await refusalOf({})).toMatchObject({
      status: 400,
      errors: [{ pointer: '', detail: 'Required: send an object.' }],
    });
  });

  test('a body whose base64 would not fit into the event of a function is refused', async () => {
    expect(await refusalOf({ body: ' '.repeat(4_400_001) })).toMatchObject({
      status: 413,
      code: 'request/payload-too-large',
    });
  });
});

describe('money', () => {
  test.each([
    [10.5, 'CNY', '/legs/0/amount/amount', /as a string/],
    ['10.005', 'CNY', '/legs/0/amount/amount', /CNY has 2/],
    ['10.5', 'JPY', '/legs/0/amount/amount', /JPY has 0/],
    ['1e3', 'CNY', '/legs/0/amount/amount', /decimal/],
    ['1,000.00', 'CNY', '/legs/0/amount/amount', /decimal/],
    ['1'.repeat(19), 'CNY', '/legs/0/amount/amount', /18/],
    ['0.00', 'CNY', '/legs/0/amount/amount', /above zero/],
    ['-1.00', 'CNY', '/legs/0/amount/amount', /negative/i],
    ['1.00', 'XYZ', '/legs/0/amount/currency', /ISO 4217/],
    ['1.00', 'cny', '/legs/0/amount/currency', /capitals/],
    ['1.00', 156, '/legs/0/amount/currency', /code of ISO 4217/],
  ])('%s %s is refused at %s', async (amount, currency, pointer, detail) => {
    const refusal = await refusalOf(withAmount(amount, currency));
    expect(refusal).toMatchObject({ status: 400, code: 'request/malformed', errors: [{ pointer }] });
    expect(refusal.errors).toHaveLength(1);
    expect(refusal.errors[0].detail).toMatch(detail);
  });
});

test('an account number sent as an amount does not come back in full', async () => {
  const { errors } = await refusalOf(withAmount('6222021234567890123x'));
  expect(errors[0].detail).not.toContain('6222021234567890123');
});

describe('fields', () => {
  test('every unknown field is named by itself, together with every other fault', async () => {
    const body = {
      legs: [{ amount: { amount: '1.00', currency: 'CNY', minor: 1 }, purpose: 'GIFT' }],
      payer: 'x',
      memo: 'y',
    };
    const { errors } = await refusalOf({ body });
    expect(errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/legs/0/amount/minor',
      '/legs/0/purpose',
      '/memo',
      '/payer',
    ]);
  });

  test('a value outside a list is answered with the list', async () => {
    const { errors } = await refusalOf({ body: { legs: [{ ...paymentBody.legs[0], purpose: 'GIFT' }] } });
    expect(errors).toEqual([{ pointer: '/legs/0/purpose', detail: 'Send one of RENT, WAGES.' }]);
  });

  test('too many legs are refused with the limit', async () => {
    const { errors } = await refusalOf({ body: { legs: Array(3).fill(paymentBody.legs[0]) } });
    expect(errors).toEqual([{ pointer: '/legs', detail: 'Send at most 2 elements.' }]);
  });

  test.each([
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-2-1', false],
    ['2026-02-01T00:00:00Z', false],
  ])('the day %s exists: %s', async (valueDate, exists) => {
    const { handler } = tinyApi();
    const { status } = await call(handler, { body: { ...paymentBody, valueDate } });
    expect(status).toBe(exists ? 201 : 400);
  });

  test.each([
    ['禹道贸易有限公司北京', true],
    ['禹道贸易有限公司北京市', false],
    ['𠮷'.repeat(10), true],
    ['𠮷'.repeat(11), false],
    ['a\nb', false],
    ['  ', false],
    ['\ud800', false],
  ])('text of ten characters takes %j: %s', async (payee, taken) => {
    const { handler } = tinyApi();
    const { status } = await call(handler, { body: { ...paymentBody, payee } });
    expect(status).toBe(taken ? 201 : 400);
  });

  test('references are limited in number, keys and values', async () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v']));
    const count = await refusalOf({ body: { ...paymentBody, references: many } });
    expect(count.errors).toMatchObject([{ pointer: '/references' }]);
    const fields = await refusalOf({ body: { ...paymentBody, references: { 'a b': 'v', key: 'x'.repeat(141) } } });
    expect(fields.errors).toMatchObject([{ pointer: '/references/a b' }, { pointer: '/references/key' }]);
  });

  test('an answer names fifty faults at most', async () => {
    const body = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`field${index}`, 1]));
    expect((await refusalOf({ body: { ...paymentBody, ...body } })).errors).toHaveLength(50);
  });

  test('a field named by an account number does not come back in full', async () => {
    const { errors } = await refusalOf({ body: { ...paymentBody, '6222021234567890123': 1 } });
    expect(JSON.stringify(errors)).not.toContain('6222021234567890123');
  });
});
