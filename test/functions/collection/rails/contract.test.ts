import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../../functions/collection/api.ts';
import { contract } from '../../../../functions/collection/contract.ts';
import { setLogSink } from '../../../../shared/http/log.ts';
import { call, treasurer } from '../../../shared/http/tiny-service.ts';
import { file, hvps, ibps, money, question } from './samples.ts';

beforeAll(() => setLogSink(() => {}));

interface Refused {
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
}
const placesOf = ({ errors }: Refused) => errors.map(({ pointer, parameter }) => pointer ?? parameter);

const put = (body: unknown, claims = treasurer) =>
  call(handler, { method: 'PUT', resource: '/v1/rails', body, claims });
const ask = (body: unknown, claims = treasurer) =>
  call(handler, { method: 'POST', resource: '/v1/routes/quote', body, claims });
const putOutages = (outages: unknown, railId = 'IBPS') =>
  call(handler, {
    method: 'PUT',
    resource: '/v1/rails/{railId}/outages',
    path: { railId },
    body: { outages },
    claims: treasurer,
  });

const tariff = (more: object) => ({ ...ibps, tariff: { ...ibps.tariff, ...more } });
const band = (upTo: string, fee = '1.00') => ({ upTo: money(upTo), fee: money(fee) });
const session = (more: object) => ({ ...hvps, hours: { ...hvps.hours, ...more } });
const cutOffs = (more: object) => ({ ...file, hours: { ...file.hours, ...more } });

describe('rails are refused', () => {
  it.each<[string, unknown, string]>([
    ['without an id', { ...ibps, id: undefined }, '/rails/0/id'],
    ['with a blank in the id', { ...ibps, id: 'IB PS' }, '/rails/0/id'],
    ['of an unknown kind', { ...ibps, kind: 'CIPS' }, '/rails/0/kind'],
    ['without a direction', { ...ibps, directions: [] }, '/rails/0/directions'],
    ['with a maximum of three decimals', { ...ibps, maximum: money('1.005') }, '/rails/0/maximum/amount'],
    ['with a maximum of zero', { ...ibps, maximum: money('0.00') }, '/rails/0/maximum/amount'],
    ['with a maximum in another currency', { ...ibps, maximum: money('1.00', 'EUR') }, '/rails/0/maximum/currency'],
    ['with a minimum above the maximum', { ...ibps, minimum: money('1000000.01') }, '/rails/0/maximum'],
    ['that expire before they begin', { ...ibps, expiresOn: '2024-12-31' }, '/rails/0/expiresOn'],
    ['from a day that does not exist', { ...ibps, effectiveFrom: '2025-02-29' }, '/rails/0/effectiveFrom'],
    ['from a day of another century', { ...ibps, effectiveFrom: '0000-01-01' }, '/rails/0/effectiveFrom'],
    ['in a zone that there is not', { ...ibps, zone: 'Asia/Peking' }, '/rails/0/zone'],
    ['with bands that do not ascend', tariff({ bands: [band('10.00'), band('9.99')] }), '/rails/0/tariff/bands/1/upTo'],
    ['with one band twice', tariff({ bands: [band('10.00'), band('10.00')] }), '/rails/0/tariff/bands/1/upTo'],
    ['with a negative fee', tariff({ bands: [band('10.00', '-1.00')] }), '/rails/0/tariff/bands/0/fee/amount'],
    ['with a fee of 0.001', tariff({ bands: [band('10.00', '0.001')] }), '/rails/0/tariff/bands/0/fee/amount'],
    ['with a rate as a fraction', tariff({ above: { millionths: 0.5 } }), '/rails/0/tariff/above/millionths'],
    ['without a rate above the bands', tariff({ above: undefined }), '/rails/0/tariff/above'],
    [
      'with a cap below the floor',
      tariff({ above: { millionths: 1, floor: money('2.00'), cap: money('1.99') } }),
      '/rails/0/tariff/above/cap',
    ],
    ['with sessions that overlap', session({ opens: '17:15' }), '/rails/0/hours/opens'],
    ['that close before they open', session({ opensOn: 'SAME_DAY' }), '/rails/0/hours/closes'],
    ['by a calendar that there is not', session({ calendar: 'LUNAR' }), '/rails/0/hours/calendar'],
    ['that close at 24:00', session({ closes: '24:00' }), '/rails/0/hours/closes'],
    ['with cut-offs that do not ascend', cutOffs({ cutOffs: ['16:00', '10:00'] }), '/rails/0/hours/cutOffs/1'],
    ['without a cut-off', cutOffs({ cutOffs: [] }), '/rails/0/hours/cutOffs'],
    ['with hours of another form', { ...ibps, hours: { type: 'NEVER' } }, '/rails/0/hours/type'],
    ['with a success rate above one', { ...ibps, successMillionths: 1_000_001 }, '/rails/0/successMillionths'],
    ['with a success rate as a fraction', { ...ibps, successMillionths: 0.99 }, '/rails/0/successMillionths'],
    [
      'with both lists of banks',
      { ...ibps, banks: { same: 'ANY', only: ['105'], except: ['102'] } },
      '/rails/0/banks/except',
    ],
    ['with a bank of four digits', { ...ibps, banks: { same: 'ANY', only: ['1051'] } }, '/rails/0/banks/only/0'],
    ['with a field that is not known', { ...ibps, speed: 1 }, '/rails/0/speed'],
  ])('%s', async (_, rail, pointer) => {
    const answer = await put({ rails: [rail] });
    expect([answer.status, answer.body.code, placesOf(answer.body)]).toEqual([400, 'request/malformed', [pointer]]);
  });

  it('with versions that overlap, and the answer says which', async () => {
    const answer = await put({ rails: [ibps, hvps, { ...ibps, effectiveFrom: '2026-01-01' }] });
    expect(answer.body.errors).toEqual([
      {
        pointer: '/rails/2/effectiveFrom',
        detail: 'rails/0 is a version of IBPS too: let it expire on 2025-12-31 or earlier, or begin later.',
      },
    ]);
  });

  it('with a day that does not exist among versions of one rail', async () => {
    const answer = await put({ rails: [ibps, { ...ibps, effectiveFrom: '2026-02-29' }] });
    expect([answer.status, placesOf(answer.body)]).toEqual([400, ['/rails/1/effectiveFrom']]);
  });

  it('all faults at once', async () => {
    const answer = await put({ rails: [{ ...ibps, zone: 'X' }, session({ closes: '21:00' })] });
    expect(placesOf(answer.body)).toEqual(['/rails/0/zone', '/rails/1/hours/opens']);
  });

  it.each<[string, object, string]>([
    ['without any', { rails: [] }, '/rails'],
    ['a hundred and one', { rails: many(101) }, '/rails'],
    ['with half a version', { rails: [ibps], expectedVersion: 0.5 }, '/expectedVersion'],
  ])('%s', async (_, body, pointer) => {
    expect(placesOf((await put(body)).body)).toEqual([pointer]);
  });

  it.each(['approver', 'operator', 'auditor'])('from the role %s', async (role) => {
    expect(await put({ rails: [ibps] }, { ...treasurer, role })).toMatchObject({ status: 403 });
  });
});

describe('rails are taken', () => {
  it('with everything they may say, a hundred of them', () => {
    expect(contract.putRails.body.safeParse({ rails: [ibps, hvps, file] }).success).toBe(true);
    expect(contract.putRails.body.safeParse({ rails: many(100) }).success).toBe(true);
  });

  it('with versions that follow each other', () => {
    const versions = [
      { ...ibps, expiresOn: '2025-12-31' },
      { ...ibps, effectiveFrom: '2026-01-01' },
    ];
    expect(contract.putRails.body.safeParse({ rails: versions }).success).toBe(true);
  });
});

describe('outages are refused', () => {
  it.each<[string, unknown, string]>([
    ['that end before they begin', [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }], '/outages/0/to'],
    ['that end when they begin', [{ from: '2026-01-02T08:00:00+08:00', to: '2026-01-02T00:00:00Z' }], '/outages/0/to'],
    ['without an offset', [{ from: '2026-01-02T00:00:00' }], '/outages/0/from'],
    ['that end at the end of time', [{ from: '2026-01-02T00:00:00Z', to: '9999-12-31T23:59:59Z' }], '/outages/0/to'],
    ['without a beginning', [{}], '/outages/0/from'],
    ['more than fifty', Array.from({ length: 51 }, () => ({ from: '2026-01-02T00:00:00Z' })), '/outages'],
  ])('%s', async (_, outages, pointer) => {
    const answer = await putOutages(outages);
    expect([answer.status, placesOf(answer.body)]).toEqual([400, [pointer]]);
  });

  it('of a rail with an id that none can have', async () => {
    expect(placesOf((await putOutages([], 'a rail')).body)).toEqual(['railId']);
  });
});

describe('a question for a route is refused', () => {
  it.each<[string, unknown, string]>([
    ['without an amount', { ...question, amount: undefined }, '/amount'],
    ['with three decimals', { ...question, amount: money('1.005') }, '/amount/amount'],
    ['of zero', { ...question, amount: money('0.00') }, '/amount/amount'],
    ['of a negative amount', { ...question, amount: money('-1.00') }, '/amount/amount'],
    ['with a number as amount', { ...question, amount: { amount: 1, currency: 'CNY' } }, '/amount/amount'],
    ['in an unknown currency', { ...question, amount: money('1.00', 'RMB') }, '/amount/currency'],
    ['with a wrong check digit', { ...question, payerBank: { cnaps: '105100000018' } }, '/payerBank/cnaps'],
    ['with eleven digits', { ...question, payeeBank: { cnaps: '10510000001' } }, '/payeeBank/cnaps'],
    ['with a BIC in small letters', { ...question, payerBank: { bic: 'pcbccnbj' } }, '/payerBank/bic'],
    ['with a policy that there is not', { ...question, policy: 'LUCKY' }, '/policy'],
    ['with a time without offset', { ...question, at: '2025-10-04T10:00:00' }, '/at'],
    [
      'with an attempt in no state',
      { ...question, attempts: [{ railId: 'IBPS', state: 'LOST' }] },
      '/attempts/0/state',
    ],
    ['with a field that is not known', { ...question, rail: 'IBPS' }, '/rail'],
  ])('%s', async (_, body, pointer) => {
    const answer = await ask(body);
    expect([answer.status, answer.body.code, placesOf(answer.body)]).toEqual([400, 'request/malformed', [pointer]]);
  });

  it('and says how to mend a bank code', async () => {
    const answer = await ask({ ...question, payerBank: { cnaps: '105100000018' } });
    expect(answer.body.errors[0].detail).toBe('The last digit does not check; compare the bank code.');
  });

  it('from a merchant', async () => {
    const claims = { ...treasurer, role: 'merchant', merchant: 'mer_1' };
    expect(await ask(question, claims)).toMatchObject({ status: 403 });
  });
});

function many(count: number) {
  return Array.from({ length: count }, (_, n) => ({ ...ibps, id: `R${n}` }));
}
