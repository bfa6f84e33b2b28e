import { describe, expect, it } from 'vitest';
import { addSource, sourcesMax } from '../../../../functions/receivables/receipts/add-source.ts';
import { ordersOfEvent } from '../../../../functions/receivables/receipts/receipt-of-collection.ts';
import { creditOfEvent } from '../../../../functions/receivables/receipts/receipt-of-statement-entry.ts';
import { aReceipt, step } from '../receipt-samples.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const occurredAt = '2026-03-02T20:00:00.000Z';
const recorded = {
  entryId: 'ent_1',
  creditKey: 'crd_1',
  accountId: 'acc_1',
  amount: yuan('1000.00'),
  reversal: false,
  references: {},
  detailsCount: 0,
  details: [],
};
const creditOf = (more: object) => creditOfEvent({ occurredAt, data: { ...recorded, ...more } });

describe('a credit of a statement', () => {
  it('counts as paid on its value date, else on the day of booking, else on the day in Shanghai when it was told', () => {
    const days = [{ bookingDate: '2026-02-27', valueDate: '2026-02-28' }, { bookingDate: '2026-02-27' }, {}];
    expect(days.map((day) => creditOf(day).parts[0]?.paidOn)).toEqual(['2026-02-28', '2026-02-27', '2026-03-03']);
  });

  it('says what the payer said, not what the bank did', () => {
    const references = { endToEndId: 'NOTPROVIDED', creditorReference: 'RF18', purpose: 'SALA', mandateId: 'M-1' };
    const counterparty = { name: '江南机械厂', account: '****5123', counterpartyKey: 'key', bic: 'X' };
    const [part] = creditOf({ references, counterparty, remittance: 'FP-1\n\nFP-2' }).parts;
    expect(part).toEqual({
      currency: 'CNY',
      amount: 100_000n,
      paidOn: '2026-03-03',
      payer: { name: '江南机械厂', account: '****5123', accountKey: 'key' },
      texts: ['FP-1', 'FP-2'],
      references: { creditorReference: 'RF18' },
    });
  });

  it('of one transaction has what that says', () => {
    const details = [{ amount: yuan('1000.00'), references: { endToEndId: 'E-1' }, remittance: 'FP-1' }];
    expect(creditOf({ detailsCount: 1, details }).parts).toMatchObject([{ endToEnd: 'E-1', texts: ['FP-1'] }]);
  });

  it.each([
    ['one of them is a debit', [{ amount: yuan('1100.00') }, { amount: yuan('100.00'), creditDebit: 'DEBIT' }], 2],
    ['one is in another currency', [{ amount: yuan('900.00') }, { amount: { amount: '100.00', currency: 'USD' } }], 2],
    ['not all of them are told', [{ amount: yuan('900.00') }, { amount: yuan('100.00') }], 3],
    ['one says no amount', [{ amount: yuan('1000.00') }, {}], 2],
  ])('is one payment where %s', (_, details, detailsCount) => {
    const credit = creditOf({ detailsCount, details: details.map((one) => ({ references: {}, ...one })) });
    expect(credit.parts.map(({ amount }) => amount)).toEqual([100_000n]);
  });

  it('of another shape is none: the event comes again', () => {
    expect(() => creditOf({ amount: '1000.00' })).toThrow();
    expect(() => creditOf({ accountId: undefined })).toThrow();
  });
});

describe('a collection', () => {
  const one = { orderId: 'O-1', businessDate: '2026-03-02' };
  const event = (tries: object[]) => ({
    data: { mandateId: 'man_1', description: '三月', references: { a: 'FP-1' }, tries },
  });

  it('tells of each order that brought money, and of what went back', () => {
    const tries = [
      one,
      { ...one, orderId: 'O-2', settled: yuan('7.00'), returned: yuan('2.00') },
      { ...one, settled: yuan('0.00') },
    ];
    expect(ordersOfEvent(event(tries))).toEqual([
      {
        orderId: 'O-2',
        mandateId: 'man_1',
        currency: 'CNY',
        settled: 700n,
        returned: 200n,
        paidOn: '2026-03-02',
        description: '三月',
        references: { a: 'FP-1' },
      },
    ]);
  });

  it('of another shape is refused', () => {
    expect(() => ordersOfEvent(event([{ ...one, businessDate: 'today' }]))).toThrow();
  });
});

describe('another source of a receipt', () => {
  const source = { kind: 'STATEMENT', id: 'ent_2', at: step.at } as const;
  const draft = aReceipt({
    amount: 99_000n,
    texts: ['FP-1'],
    payer: { name: '别名', accountKey: 'key' },
    references: { a: '1' },
  });

  it('adds what was not known, and takes nothing away', () => {
    const receipt = aReceipt({ texts: ['货款 FP-1 三月'], references: { a: '0', b: '2' } });
    const next = addSource(receipt, { ...draft, amount: 100_000n }, source, step);
    expect(next).toMatchObject({
      amount: 100_000n,
      texts: ['货款 FP-1 三月'],
      references: { a: '0', b: '2' },
      payer: { name: '江南机械厂有限公司', accountKey: 'key' },
      revision: 2,
    });
    expect(next?.sources.at(-1)).toEqual(source);
  });

  it('that tells of another amount is noted with that, and nothing is learnt from it', () => {
    const { texts, references, payer } = aReceipt();
    const next = addSource(aReceipt(), draft, source, step);
    expect(next).toMatchObject({ amount: 100_000n, texts, references, payer });
    expect(next?.sources.at(-1)).toEqual({ ...source, amount: 99_000n });
  });

  it('is noted once, and not without end', () => {
    const noted = addSource(aReceipt(), draft, source, step) ?? aReceipt();
    expect(addSource(noted, draft, source, step)).toBeUndefined();
    const full = aReceipt({
      sources: Array.from({ length: sourcesMax }, (_, n) => ({ ...source, id: `ent_${n + 10}` })),
    });
    expect(addSource(full, draft, source, step)).toBeUndefined();
  });
});
