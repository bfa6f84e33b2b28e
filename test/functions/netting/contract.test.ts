import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/netting/api.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { call } from '../../shared/http/tiny-service.ts';

beforeAll(() => setLogSink(() => {}));

interface Refused {
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string }[];
}
const placesOf = ({ errors }: Refused) => errors.map(({ pointer, parameter }) => pointer ?? parameter).sort();

const treasurer = { tenant: 'demo', role: 'treasurer', client: 'treasurer' };
const yuan = (amount: string, currency = 'CNY') => ({ amount, currency });
const schedule = { days: { kind: 'DAILY' }, cutOff: '17:00' };
const centre = {
  ...{ id: 'ctr_a', name: '甲', legalEntity: '甲有限公司', homeCurrency: 'CNY', currencies: ['CNY'], schedule },
};
const a = { id: 'A', name: '甲一' };
const with_ = (more: object) => ({ ...centre, ...more });
const obligation = { centreId: 'ctr_a', reference: 'R-1', payer: 'A', payee: 'B', amount: yuan('1.00') };
const centres = '/v1/netting-centres';
const one = `${centres}/{centreId}`;
const close = '/v1/netting-cycles/{cycleId}/close';
const path = { centreId: 'ctr_a', cycleId: 'cyc_a_2026-03-31', obligationId: `obl_${'0'.repeat(26)}` };

/** Requests that are refused before anything is read: what is wrong, and where that is told. */
const cases: [string, string, string, unknown, string[]][] = [
  ['a centre with an id of another shape', 'POST', centres, with_({ id: 'group' }), ['/id']],
  ['a centre in no currency', 'POST', centres, with_({ currencies: [] }), ['/currencies']],
  ['a centre in a currency that is none', 'POST', centres, with_({ currencies: ['RMB'] }), ['/currencies/0']],
  ['a centre of no mode', 'POST', centres, with_({ mode: 'GROSS' }), ['/mode']],
  [
    'a cut-off at no time',
    'POST',
    centres,
    with_({ schedule: { ...schedule, cutOff: '24:00' } }),
    ['/schedule/cutOff'],
  ],
  [
    'a cut-off on the eighth day of the week',
    'POST',
    centres,
    with_({ schedule: { ...schedule, days: { kind: 'WEEKLY', dayOfWeek: 8 } } }),
    ['/schedule/days/dayOfWeek'],
  ],
  [
    'an unknown calendar',
    'POST',
    centres,
    with_({ schedule: { ...schedule, calendar: 'NYSE' } }),
    ['/schedule/calendar'],
  ],
  ['a minimum of nothing', 'POST', centres, with_({ minimumPayments: [yuan('0.00')] }), ['/minimumPayments/0/amount']],
  [
    'a participant whose id is no word',
    'POST',
    centres,
    with_({ participants: [{ ...a, id: '*centre' }] }),
    ['/participants/0/id'],
  ],
  [
    'a limit below zero',
    'POST',
    centres,
    with_({ participants: [{ ...a, netDebitLimits: [yuan('-1.00')] }] }),
    ['/participants/0/netDebitLimits/0/amount'],
  ],
  ['a source that tells nothing', 'POST', centres, with_({ sources: ['STATEMENTS'] }), ['/sources/0']],
  [
    'an identity of no kind',
    'PUT',
    `${one}/participants`,
    { participants: [{ ...a, identities: [{ as: 'NAME', value: '甲' }] }] },
    ['/participants/0/identities/0/as'],
  ],
  [
    'an identity without a value',
    'PUT',
    `${one}/participants`,
    { participants: [{ ...a, identities: [{ as: 'MERCHANT', value: '' }] }] },
    ['/participants/0/identities/0/value'],
  ],
  ['a pair of three', 'POST', centres, with_({ excludedPairs: [['A', 'B', 'C']] }), ['/excludedPairs/0']],
  ['a centre with unknown fields', 'POST', centres, with_({ more: 1 }), ['/more']],
  ['a change of nothing', 'PATCH', one, { expectedVersion: 1 }, ['']],
  ['a change of what stays', 'PATCH', one, { homeCurrency: 'EUR', name: '乙' }, ['/homeCurrency']],
  ['no participants', 'PUT', `${one}/participants`, { participants: [] }, ['/participants']],
  ['an obligation of nothing', 'POST', '/v1/obligations', { ...obligation, amount: yuan('0.00') }, ['/amount/amount']],
  [
    'an obligation of fractions of a fen',
    'POST',
    '/v1/obligations',
    { ...obligation, amount: yuan('1.001') },
    ['/amount/amount'],
  ],
  [
    'an obligation of a number',
    'POST',
    '/v1/obligations',
    { ...obligation, amount: { amount: 1, currency: 'CNY' } },
    ['/amount/amount'],
  ],
  ['an obligation of no day', 'POST', '/v1/obligations', { ...obligation, date: '2026-02-30' }, ['/date']],
  ['an obligation without a reference', 'POST', '/v1/obligations', { ...obligation, reference: ' ' }, ['/reference']],
  ['a batch of none', 'POST', '/v1/obligations/batch', { centreId: 'ctr_a', obligations: [] }, ['/obligations']],
  ['a dispute for no reason', 'POST', '/v1/obligations/{obligationId}/dispute', {}, ['/reason']],
  ['a closing to a state that is not reached so', 'POST', close, { to: 'SETTLED' }, ['/to']],
  ['a cut-off that leaves out', 'POST', close, { to: 'CONFIRMING', leaveOut: ['R-1'] }, ['/leaveOut']],
  [
    'more left out than a cycle keeps',
    'POST',
    close,
    { to: 'CLOSED', leaveOut: Array.from({ length: 1_001 }, (_, n) => `R-${n}`) },
    ['/leaveOut'],
  ],
  [
    'more left out than is told of a cycle',
    'POST',
    close,
    { to: 'CLOSED', leaveOut: Array.from({ length: 1_000 }, (_, n) => `${'😀'.repeat(58)}${n}`) },
    ['/leaveOut'],
  ],
];

describe('netting refuses', () => {
  it.each(cases)('%s', async (_, method, resource, body, places) => {
    const { status, body: answer } = await call(handler, {
      method,
      resource,
      body,
      path: inPath(resource),
      claims: treasurer,
    });
    expect(status, JSON.stringify(answer)).toBe(400);
    expect(answer).toMatchObject({ code: 'request/malformed' });
    expect(placesOf(answer as unknown as Refused)).toEqual(places);
  });

  it.each([
    ['POST', centres, centre],
    ['PATCH', one, { name: '乙' }],
    ['POST', close, { to: 'CONFIRMING' }],
  ])('%s %s to anybody but a treasurer', async (method, resource, body) => {
    for (const role of ['operator', 'approver', 'auditor', 'merchant']) {
      const claims = { ...treasurer, role, ...(role === 'merchant' && { merchant: 'mer_a' }) };
      expect(await call(handler, { method, resource, body, path: inPath(resource), claims })).toMatchObject({
        ...{ status: 403, body: { allowed: ['treasurer'] } },
      });
    }
  });

  it.each([
    ['lists of obligations of nothing', {}, ['cycleId']],
    ['lists by cycle and reference', { cycleId: path.cycleId, centreId: 'ctr_a', reference: 'R-1' }, ['cycleId']],
    ['lists by reference without a centre', { reference: 'R-1' }, ['centreId']],
    ['lists of a cycle of no date', { cycleId: 'cyc_a_2026-02-30' }, ['cycleId']],
  ])('%s', async (_, query, places) => {
    const { status, body } = await call(handler, {
      method: 'GET',
      resource: '/v1/obligations',
      query,
      claims: treasurer,
    });
    expect([status, placesOf(body as unknown as Refused)]).toEqual([400, places]);
  });
});

describe('the report of a cycle', () => {
  it.each([
    ['of no section', 'report', { section: 'ALL' }, ['section']],
    ['that is neither tried nor not', 'report', { dryRun: 'yes' }, ['dryRun']],
    ['by pages of CSV', 'report.csv', { limit: '5' }, ['limit']],
  ])('%s is refused', async (_, name, query, places) => {
    const resource = `/v1/netting-cycles/{cycleId}/${name}`;
    const { status, body } = await call(handler, {
      ...{ method: 'GET', resource, query, path: inPath(resource), claims: treasurer },
    });
    expect([status, placesOf(body as unknown as Refused)]).toEqual([400, places]);
  });
});

function inPath(resource: string): Record<string, string> {
  return Object.fromEntries(Object.entries(path).filter(([name]) => resource.includes(`{${name}}`)));
}
