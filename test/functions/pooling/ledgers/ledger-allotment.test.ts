import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allotReceipt,
  type BankReceipt,
  candidatesOf,
  detailsAllottedMax,
  type ReceiptDetail,
} from '../../../../functions/pooling/ledgers/allot-receipt.ts';
import { testSeed } from '../../../support/random.ts';

/** Three ledgers with a number each; 'shop' has two. Amounts in fen. */
const numbers = new Map([
  ['62280001', 'shop'],
  ['62280011', 'shop'],
  ['62280002', 'plant'],
  ['62280003', 'lab'],
]);
const ledgerOf = (number: string) => numbers.get(number);

function receipt(more: Partial<BankReceipt> = {}): BankReceipt {
  return { amount: 100n, texts: texts(), ownFields: [], details: [], detailsCount: 0, ...more };
}

function texts(references: readonly string[] = [], remittance: readonly string[] = []) {
  return { references, remittance };
}

function detail(amount: bigint | undefined, ...remittance: readonly string[]): ReceiptDetail {
  return { ...texts([], remittance), ...(amount !== undefined && { amount }) };
}

const allot = (one: BankReceipt) => allotReceipt(one, ledgerOf, 'main');
const whole = (accountId: string, assignment: string) => ({ portions: [{ accountId, amount: 100n }], assignment });

describe('a receipt of one payment', () => {
  it('goes to the ledger whose number stands in it', () => {
    expect(allot(receipt({ texts: texts([], ['to 62280002 please']) }))).toEqual(whole('plant', 'ASSIGNED'));
    expect(allot(receipt({ ownFields: ['62280003'] }))).toEqual(whole('lab', 'ASSIGNED'));
    expect(allot(receipt({ details: [detail(100n, '62280001')], detailsCount: 1 }))).toEqual(whole('shop', 'ASSIGNED'));
  });

  it('believes references before what the payer wrote, and that before the fields of the line', () => {
    const all = receipt({ texts: texts(['62280001'], ['62280002']), ownFields: ['62280003'] });
    expect(allot(all)).toEqual(whole('shop', 'ASSIGNED'));
    expect(allot({ ...all, texts: texts(['NOTPROVIDED'], ['62280002']) })).toEqual(whole('plant', 'ASSIGNED'));
    expect(allot({ ...all, texts: texts(['NOTPROVIDED'], ['thanks']) })).toEqual(whole('lab', 'ASSIGNED'));
  });

  it('goes to the main ledger where nothing names one', () => {
    expect(allot(receipt({ texts: texts(['62289999'], ['hello']) }))).toEqual(whole('main', 'UNASSIGNED'));
    expect(allot(receipt())).toEqual(whole('main', 'UNASSIGNED'));
  });

  it('goes to the main ledger where two ledgers are named in the same place, and to the one that two numbers name', () => {
    expect(allot(receipt({ texts: texts([], ['62280001 or 62280002']) }))).toEqual(whole('main', 'UNASSIGNED'));
    // Nor does a lesser place decide what a better one left open.
    const open = receipt({ texts: texts(['62280001', '62280002'], ['62280003']) });
    expect(allot(open)).toEqual(whole('main', 'UNASSIGNED'));
    expect(allot(receipt({ texts: texts([], ['62280001 or 62280011']) }))).toEqual(whole('shop', 'ASSIGNED'));
  });
});

describe('a batch credit', () => {
  const batch = (details: readonly ReceiptDetail[], more: Partial<BankReceipt> = {}) =>
    receipt({ details, detailsCount: details.length, ...more });

  it('is shared out by its transactions, each ledger once', () => {
    const details = [detail(40n, '62280001'), detail(25n, '62280002'), detail(35n, '62280011')];
    expect(allot(batch(details))).toEqual({
      portions: [
        { accountId: 'shop', amount: 75n },
        { accountId: 'plant', amount: 25n },
      ],
      assignment: 'ASSIGNED',
    });
  });

  it('leaves in the main ledger what names none', () => {
    expect(allot(batch([detail(40n, '62280001'), detail(60n, '?')]))).toEqual({
      portions: [
        { accountId: 'shop', amount: 40n },
        { accountId: 'main', amount: 60n },
      ],
      assignment: 'PARTLY_ASSIGNED',
    });
  });

  it('takes the number of the line for transactions that name none', () => {
    const parts = [detail(40n, '62280001'), detail(60n)];
    expect(allot(batch(parts, { texts: texts(['62280003']) })).portions).toEqual([
      { accountId: 'shop', amount: 40n },
      { accountId: 'lab', amount: 60n },
    ]);
  });

  it.each([
    ['do not add up to it', [detail(40n, '62280001'), detail(59n, '62280001')], 2],
    ['are not all told', [detail(40n, '62280001'), detail(60n, '62280001')], 3],
    ['have no amount in one case', [detail(100n, '62280001'), detail(undefined, '62280001')], 2],
    ['go both ways', [detail(140n, '62280001'), detail(-40n, '62280001')], 2],
    ['are one of several', [detail(100n, '62280001')], 2],
  ])('goes to the main ledger as a whole where its transactions %s', (_, details, detailsCount) => {
    const one = receipt({ details, detailsCount });
    expect(allot(one)).toEqual(whole('main', 'UNASSIGNED'));
    expect(candidatesOf(one)).toEqual([]);
  });

  it('is shared out up to 30 transactions', () => {
    expect(detailsAllottedMax).toBe(30);
    const of = (count: number) => Array.from({ length: count }, () => detail(1n, '62280002'));
    expect(allot(batch(of(30), { amount: 30n })).portions).toEqual([{ accountId: 'plant', amount: 30n }]);
    expect(allot(batch(of(31), { amount: 31n })).portions).toEqual([{ accountId: 'main', amount: 31n }]);
  });
});

describe('what is allotted of a receipt', () => {
  const seed = testSeed();
  const someText = fc.constantFrom('', '62280001', 'pay 62280002', '62280003/62280001', 'nothing');
  const someDetail = fc.record({
    amount: fc.bigInt({ min: -5n, max: 500n }),
    references: fc.array(someText, { maxLength: 2 }),
    remittance: fc.array(someText, { maxLength: 1 }),
  });

  it(`is the receipt, no more and no less, in parts above zero (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(someDetail, { maxLength: 33 }), fc.integer({ min: 0, max: 2 }), (details, hidden) => {
        const sum = details.reduce((total, { amount }) => total + amount, 0n);
        const amount = sum > 0n ? sum : 7n;
        const one = receipt({ amount, details, detailsCount: details.length + hidden });
        const { portions } = allot(one);
        expect(portions.reduce((total, portion) => total + portion.amount, 0n)).toBe(amount);
        expect(portions.every((portion) => portion.amount > 0n)).toBe(true);
        expect(new Set(portions.map(({ accountId }) => accountId)).size).toBe(portions.length);
      }),
      { seed },
    );
  });
});
