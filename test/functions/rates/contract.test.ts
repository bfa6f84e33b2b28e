import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/rates/api.ts';
import { contract } from '../../../functions/rates/contract.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { currencies } from '../../../shared/money/currency.ts';
import { call, treasurer } from '../../shared/http/tiny-service.ts';
import { dollar, euro } from './sets.ts';

beforeAll(() => setLogSink(() => {}));

const resource = '/v1/rate-sets/{name}';
const body = { date: '2026-03-31', rates: [dollar] };
const rated = (rate: unknown) => ({ ...body, rates: [{ ...dollar, rate }] });

function put(changed: unknown, name = 'month-end', claims = treasurer) {
  return call(handler, { method: 'PUT', resource, path: { name }, body: changed, claims });
}

function placesOf({ errors }: { errors: { pointer?: string; parameter?: string }[] }) {
  return errors.map(({ pointer, parameter }) => pointer ?? parameter);
}

describe('a rate set is refused', () => {
  it.each([
    ['without a date', { rates: [dollar] }, '/date'],
    ['with a day that does not exist', { ...body, date: '2026-02-30' }, '/date'],
    ['without rates', { date: body.date }, '/rates'],
    ['with no rate in it', { ...body, rates: [] }, '/rates'],
    ['with a rate as a number', rated(7.1234), '/rates/0/rate'],
    ['with a rate of zero', rated('0.000'), '/rates/0/rate'],
    ['with a negative rate', rated('-7.1'), '/rates/0/rate'],
    ['with an exponent', rated('7e0'), '/rates/0/rate'],
    ['with a comma', rated('7,1'), '/rates/0/rate'],
    ['with 13 decimals', rated('7.1234567890123'), '/rates/0/rate'],
    ['with 13 digits before the point', rated('1234567890123'), '/rates/0/rate'],
    ['with a currency that does not exist', { ...body, rates: [{ ...dollar, base: 'ZZZ' }] }, '/rates/0/base'],
    ['with a currency in small letters', { ...body, rates: [{ ...dollar, quote: 'cny' }] }, '/rates/0/quote'],
    ['with a currency against itself', { ...body, rates: [euro, { ...dollar, quote: 'USD' }] }, '/rates/1/quote'],
    ['with a pair twice', { ...body, rates: [dollar, euro, { ...dollar, rate: '7.2' }] }, '/rates/2'],
    [
      'with a pair in both directions',
      { ...body, rates: [dollar, { base: 'CNY', quote: 'USD', rate: '0.14' }] },
      '/rates/1',
    ],
    ['with a blank source', { ...body, source: ' ' }, '/source'],
    ['with a source above 140 characters', { ...body, source: 'x'.repeat(141) }, '/source'],
    ['with a negative version', { ...body, expectedVersion: -1 }, '/expectedVersion'],
    ['with half a version', { ...body, expectedVersion: 1.5 }, '/expectedVersion'],
    ['with a field that is not known', { ...body, name: 'month-end' }, '/name'],
  ])('%s', async (_, changed, pointer) => {
    const answer = await put(changed);
    expect([answer.status, answer.body.code, placesOf(answer.body)]).toEqual([400, 'request/malformed', [pointer]]);
  });

  it('with 501 pairs', async () => {
    const answer = await put({ ...body, rates: manyRates(501) });
    expect([answer.status, placesOf(answer.body)]).toEqual([400, ['/rates']]);
  });

  it.each(['', 'month end', 'month#end', 'month/end', '月末', 'x'.repeat(41)])('under the name %j', async (name) => {
    const answer = await put(body, name);
    expect([answer.status, placesOf(answer.body)]).toEqual([400, ['name']]);
  });

  it.each(['approver', 'operator', 'auditor'])('from the role %s', async (role) => {
    expect(await put(body, 'month-end', { ...treasurer, role })).toMatchObject({
      status: 403,
      body: { allowed: ['treasurer'] },
    });
  });
});

describe('a question for rates is refused', () => {
  it('on a day that does not exist', async () => {
    const answer = await call(handler, {
      method: 'GET',
      resource,
      path: { name: 'month-end' },
      query: { date: '2026-02-29' },
    });
    expect([answer.status, placesOf(answer.body)]).toEqual([400, ['date']]);
  });

  it('from a merchant', async () => {
    const claims = { ...treasurer, role: 'merchant', merchant: 'mer_1' };
    expect(await call(handler, { method: 'GET', resource: '/v1/rate-sets', claims })).toMatchObject({ status: 403 });
  });
});

describe('a rate set is taken', () => {
  const taken = contract.putRateSet.body;

  it.each(['7', '0.000000000001', '999999999999.999999999999', '007.10'])('with the rate %s', (rate) => {
    expect(taken.safeParse(rated(rate)).success).toBe(true);
  });

  it('with 500 pairs, and names of every allowed character', () => {
    expect(taken.safeParse({ ...body, rates: manyRates(500) }).success).toBe(true);
    expect(contract.putRateSet.path.safeParse({ name: `AZaz09_.-${'x'.repeat(31)}` }).success).toBe(true);
  });
});

/** Different pairs, each in one direction: every currency against those before it in the alphabet. */
function manyRates(count: number) {
  const all = currencies();
  return all
    .flatMap((base, index) => all.slice(0, index).map((quote) => ({ base, quote, rate: '1.5' })))
    .slice(0, count);
}
