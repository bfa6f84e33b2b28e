import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/receivables/api.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { call, treasurer } from '../../shared/http/tiny-service.ts';
import { entity } from './samples.ts';

beforeAll(() => setLogSink(() => {}));

interface Refused {
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string }[];
}
const placesOf = ({ errors }: Refused) => errors.map(({ pointer, parameter }) => pointer ?? parameter).sort();

const acc = (place: number) => `acc_${String(place).padStart(26, '0')}`;
const accounts = {
  ...{ receivable: acc(1), revenue: acc(2), unapplied: acc(3), onAccount: acc(4) },
  ...{ discount: acc(5), charge: acc(6), badDebt: acc(7), cash: acc(8) },
};
const book = { legalEntity: entity, currency: 'CNY', accounts };
const yuan = (amount: string, currency = 'CNY') => ({ amount, currency });
const customer = { number: 'K-1', name: '江南机械厂' };
const invoice = {
  ...{ legalEntity: entity, number: 'FP-1', customerNumber: 'K-1', amount: yuan('1.00') },
  ...{ issuedOn: '2026-03-02', dueOn: '2026-04-01' },
};

/** Requests that are refused before anything is read: what is wrong, and where that is told. */
const cases: [string, string, string, unknown, string[]][] = [
  [
    'a book without an account',
    'PUT',
    '/v1/receivables-books',
    { ...book, accounts: { ...accounts, cash: undefined } },
    ['/accounts/cash'],
  ],
  ['a book of an unknown currency', 'PUT', '/v1/receivables-books', { ...book, currency: 'RMB' }, ['/currency']],
  [
    'a book with an account that is none',
    'PUT',
    '/v1/receivables-books',
    { ...book, accounts: { ...accounts, charge: 'x' } },
    ['/accounts/charge'],
  ],
  ['rules with an unknown one', 'PUT', '/v1/match-rules', { off: ['MAGIC'] }, ['/off/0']],
  ['rules with one twice', 'PUT', '/v1/match-rules', { off: ['TOLERANCE', 'TOLERANCE'] }, ['/off']],
  ['rules with a threshold above certainty', 'PUT', '/v1/match-rules', { threshold: 1001 }, ['/threshold']],
  [
    'rules with sets larger than their candidates',
    'PUT',
    '/v1/match-rules',
    { setCandidatesMax: 4, setSizeMax: 5 },
    ['/setSizeMax'],
  ],
  [
    'rules with sets that nobody could search',
    'PUT',
    '/v1/match-rules',
    { setCandidatesMax: 21, setSizeMax: 9 },
    ['/setCandidatesMax', '/setSizeMax'],
  ],
  [
    'rules with a currency twice',
    'PUT',
    '/v1/match-rules',
    { tolerance: { chargeMax: [yuan('1.00'), yuan('2.00')], basisPointsMax: 5 } },
    ['/tolerance/chargeMax/1/currency'],
  ],
  [
    'a tolerance below zero',
    'PUT',
    '/v1/match-rules',
    { tolerance: { chargeMax: [yuan('-1.00')], basisPointsMax: 5 } },
    ['/tolerance/chargeMax/0/amount'],
  ],
  ['a customer without a name', 'POST', '/v1/customers', { number: 'K-1' }, ['/name']],
  ['a customer with a blank in its number', 'POST', '/v1/customers', { ...customer, number: 'K 1' }, ['/number']],
  [
    'a customer with an IBAN that is wrong',
    'POST',
    '/v1/customers',
    { ...customer, accounts: ['DE89 3704 0044 0532 0130 01'] },
    ['/accounts/0'],
  ],
  [
    'a customer with an account of letters and signs',
    'POST',
    '/v1/customers',
    { ...customer, accounts: ['12345', 'a*b'] },
    ['/accounts/1'],
  ],
  [
    'a virtual account of nobody',
    'POST',
    '/v1/virtual-accounts',
    { number: '9558', legalEntity: entity },
    ['/customerId'],
  ],
  ['an invoice due before its issue', 'POST', '/v1/invoices', { ...invoice, dueOn: '2026-03-01' }, ['/dueOn']],
  ['an invoice without a due day', 'POST', '/v1/invoices', { ...invoice, dueOn: undefined }, ['/dueOn']],
  ['an invoice whose terms say another due day', 'POST', '/v1/invoices', { ...invoice, terms: 'net 29' }, ['/dueOn']],
  ['an invoice with terms that mean nothing', 'POST', '/v1/invoices', { ...invoice, terms: 'asap' }, ['/terms']],
  ['an invoice of zero', 'POST', '/v1/invoices', { ...invoice, amount: yuan('0.00') }, ['/amount/amount']],
  [
    'an invoice with a fraction of a fen',
    'POST',
    '/v1/invoices',
    { ...invoice, amount: yuan('1.005') },
    ['/amount/amount'],
  ],
  [
    'an invoice without a customer',
    'POST',
    '/v1/invoices',
    { ...invoice, customerNumber: undefined },
    ['/customerNumber'],
  ],
  [
    'an invoice of another century',
    'POST',
    '/v1/invoices',
    { ...invoice, issuedOn: '1926-03-02', terms: 'net 30', dueOn: undefined },
    ['/issuedOn'],
  ],
  ['an invoice with a number of signs', 'POST', '/v1/invoices', { ...invoice, number: '--' }, ['/number']],
  [
    'an invoice with a formula',
    'POST',
    '/v1/invoices',
    { ...invoice, references: { order: '=1+1' } },
    ['/references/order'],
  ],
  [
    'several faults at once',
    'POST',
    '/v1/invoices',
    { ...invoice, amount: yuan('x'), issuedOn: '2026-02-30', more: 1 },
    ['/amount/amount', '/issuedOn', '/more'],
  ],
  ['a batch without lines', 'POST', '/v1/invoice-batches', { lines: [] }, ['/lines']],
  ['a batch of ten thousand and one', 'POST', '/v1/invoice-batches', { lines: new Array(10_001).fill({}) }, ['/lines']],
];

describe('receivables refuse', () => {
  it.each(cases)('%s', async (_, method, resource, body, places) => {
    const { status, body: answer } = await call(handler, { method, resource, body, claims: treasurer });
    expect(status, JSON.stringify(answer)).toBe(400);
    expect(answer).toMatchObject({ code: 'request/malformed' });
    expect(placesOf(answer as unknown as Refused)).toEqual(places);
  });

  const inv = `inv_${'0'.repeat(26)}`;
  const on = (action: string, body: unknown, claims = treasurer) =>
    call(handler, {
      method: 'POST',
      resource: `/v1/invoices/{invoiceId}/${action}`,
      path: { invoiceId: inv },
      body,
      claims,
    });

  it('a credit note without number, amount or reason', async () => {
    const { body } = await on('credit-note', { amount: yuan('-1.00') });
    expect(placesOf(body as unknown as Refused)).toEqual(['/amount/amount', '/number', '/reason']);
  });

  it('to write off for anybody but an approver', async () => {
    const asked = { amount: yuan('1.00'), reason: '客户破产' };
    expect(await on('write-off', asked)).toMatchObject({ status: 403, body: { allowed: ['approver'] } });
  });

  it.each([
    ['nothing', {}, ['customerId']],
    [
      'a customer and a number',
      { customerId: `cus_${'0'.repeat(26)}`, number: 'FP-1', legalEntity: entity },
      ['customerId'],
    ],
    ['a number without its entity', { number: 'FP-1' }, ['legalEntity']],
    ['what is open of a number', { number: 'FP-1', legalEntity: entity, open: 'true' }, ['open']],
  ])('to list invoices by %s', async (_, query, places) => {
    const { status, body } = await call(handler, { method: 'GET', resource: '/v1/invoices', query, claims: treasurer });
    expect(status).toBe(400);
    expect(placesOf(body as unknown as Refused)).toEqual(places);
  });
});
