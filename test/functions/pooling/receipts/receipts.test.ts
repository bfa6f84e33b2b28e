import { describe, expect, it } from 'vitest';
import type { ReceiptTerms } from '../../../../functions/pooling/members/receipt-terms.ts';
import { deriveReceipts, type SweepReceipt } from '../../../../functions/pooling/receipts/derive-receipts.ts';
import { type Movement, movementsOfPayment, movementsOfRun } from '../../../../functions/pooling/receipts/movements.ts';
import { presentReceipt } from '../../../../functions/pooling/receipts/present-receipts.ts';
import type { LegOutcome, RunLeg } from '../../../../functions/pooling/runs/run.ts';

const run = { id: 'run_1', businessDate: '2026-03-02' };
const at = (time: string) => `2026-03-02T${time}.000Z`;
const terms = (payer: ReceiptTerms['payer'], payee: ReceiptTerms['payee']): ReceiptTerms => ({ payer, payee });

/** 'c1 → hq 100': what moved, up where the payee is above. */
function movement(number: number, text: string, receipts?: ReceiptTerms, more: Partial<Movement> = {}): Movement {
  const [payer = '', , payee = '', amount = ''] = text.split(' ');
  return {
    number,
    direction: payee.startsWith('c') ? 'DOWN' : 'UP',
    payer,
    payee,
    amount: BigInt(amount),
    transferId: `tr_${number}`,
    bookedAt: at('10:30:00'),
    ...(receipts && { receipts }),
    ...more,
  };
}

/** 'AGGREGATED hq PAYEE UP 300 of 1,2' */
const line = ({ kind, accountId, side, direction, amount, movements }: SweepReceipt) =>
  `${kind} ${accountId} ${side} ${direction} ${amount} of ${movements.map(({ number }) => number).join()}`;
const linesOf = (movements: readonly Movement[]) => deriveReceipts(run, movements).map(line);

describe('the receipts of a run', () => {
  it('go to payer and payee of each movement, where nothing else is agreed', () => {
    expect(linesOf([movement(1, 'c1 → hq 100'), movement(2, 'hq → c2 40')])).toEqual([
      'SINGLE c1 PAYER UP 100 of 1',
      'SINGLE hq PAYEE UP 100 of 1',
      'SINGLE hq PAYER DOWN 40 of 2',
      'SINGLE c2 PAYEE DOWN 40 of 2',
    ]);
  });

  it.each([
    ['SINGLE', 'NONE', ['SINGLE c1 PAYER UP 100 of 1']],
    ['NONE', 'SINGLE', ['SINGLE hq PAYEE UP 100 of 1']],
    ['NONE', 'NONE', []],
    ['AGGREGATED', 'SINGLE', ['AGGREGATED c1 PAYER UP 100 of 1', 'SINGLE hq PAYEE UP 100 of 1']],
  ] as const)('go to the payer as %s and to the payee as %s where that is agreed', (payer, payee, expected) => {
    expect(linesOf([movement(1, 'c1 → hq 100', terms(payer, payee))])).toEqual(expected);
  });

  it('add up what came to a header on one receipt, which stands first; what is not agreed so stays by itself', () => {
    const forHeader = terms('SINGLE', 'AGGREGATED');
    const movements = [
      movement(1, 'c1 → hq 100', forHeader),
      movement(2, 'c2 → hq 20'),
      movement(3, 'c3 → hq 7', terms('NONE', 'AGGREGATED'), { bookedAt: at('10:31:00') }),
      movement(5, 'c5 → hq 3', forHeader),
    ];
    expect(linesOf(movements)).toEqual([
      'AGGREGATED hq PAYEE UP 110 of 1,3,5',
      'SINGLE c1 PAYER UP 100 of 1',
      'SINGLE c2 PAYER UP 20 of 2',
      'SINGLE hq PAYEE UP 20 of 2',
      'SINGLE c5 PAYER UP 3 of 5',
    ]);
    // 10:31 is when the last of its three was booked.
    expect(deriveReceipts(run, movements)[0]?.bookedAt).toBe(at('10:31:00'));
  });

  it('keep what an account is paid from below apart from what it is paid from above', () => {
    const both = terms('AGGREGATED', 'AGGREGATED');
    expect(linesOf([movement(1, 'c11 → r1 5', both), movement(2, 'hq → r1 9', both, { direction: 'DOWN' })])).toEqual([
      'AGGREGATED c11 PAYER UP 5 of 1',
      'AGGREGATED r1 PAYEE UP 5 of 1',
      'AGGREGATED hq PAYER DOWN 9 of 2',
      'AGGREGATED r1 PAYEE DOWN 9 of 2',
    ]);
  });

  it('have numbers that stay the same and are no other receipt’s', () => {
    const sources = [run, { ...run, id: 'run_2' }, { ...run, id: 'run_1', businessDate: '2026-03-03' }];
    const movements = [movement(1, 'c1 → hq 100'), movement(2, 'c2 → hq 20', terms('AGGREGATED', 'AGGREGATED'))];
    const numbers = sources.flatMap((source) => deriveReceipts(source, movements).map(({ number }) => number));
    expect(new Set(numbers).size).toBe(12);
    for (const number of numbers) expect(number).toMatch(/^2026030[23]-[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(deriveReceipts(run, movements).map(({ number }) => number)).toEqual(numbers.slice(0, 4));
  });
});

describe('what moved in a run', () => {
  const leg = (number: number, more: Partial<RunLeg> = {}): RunLeg => ({
    number,
    accountId: `c${number}`,
    parentId: 'hq',
    direction: 'UP',
    amount: 100n,
    depth: 1,
    payerLeft: 0n,
    ...more,
  });
  const ended = { startedAt: at('10:30:00'), ended: { at: at('10:32:00') } };
  const outcomesOf = (...outcomes: LegOutcome[]) => new Map(outcomes.map((one) => [one.number, one]));
  const moved = (legs: readonly RunLeg[], ...outcomes: LegOutcome[]) =>
    movementsOfRun(ended, legs, outcomesOf(...outcomes), ({ number }) => `tr_${number}`);

  it('is the confirmed legs with the amount that really moved, not what was planned, failed or skipped', () => {
    const legs = [leg(1), leg(2), leg(3, { direction: 'DOWN' }), leg(4)];
    const found = moved(
      legs,
      { number: 1, status: 'FAILED', amount: 100n, problem: { code: 'ledger/account-frozen', detail: 'Frozen.' } },
      { number: 2, status: 'CONFIRMED', amount: 60n, bookedAt: at('10:31:00'), reason: 'UPSTREAM_FAILED' },
      { number: 3, status: 'CONFIRMED', amount: 100n, bookedAt: at('10:31:30') },
      { number: 4, status: 'SKIPPED', amount: 0n, reason: 'UPSTREAM_FAILED' },
    );
    expect(found).toEqual([
      {
        number: 2,
        direction: 'UP',
        payer: 'c2',
        payee: 'hq',
        amount: 60n,
        transferId: 'tr_2',
        bookedAt: at('10:31:00'),
      },
      {
        number: 3,
        direction: 'DOWN',
        payer: 'hq',
        payee: 'c3',
        amount: 100n,
        transferId: 'tr_3',
        bookedAt: at('10:31:30'),
      },
    ]);
  });

  it('has the terms of its leg, and of a run of before times were noted that of the run’s end', () => {
    const receipts = terms('NONE', 'AGGREGATED');
    expect(moved([leg(1, { receipts })], { number: 1, status: 'CONFIRMED', amount: 100n })).toMatchObject([
      { receipts, bookedAt: at('10:32:00') },
    ]);
  });
});

describe('what moved for a payment', () => {
  const funding = [
    { accountId: 'r1', parentId: 'hq', amount: 30n, receipts: terms('NONE', 'SINGLE') },
    { accountId: 'c1', parentId: 'r1', amount: 50n },
  ];
  const paid = {
    status: 'PAID' as const,
    funding,
    transferId: 'tr_9',
    bookedAt: at('02:00:01'),
    madeAt: at('02:00:00'),
  };

  it('is what came down to it, in one transfer', () => {
    expect(deriveReceipts({ ...run, id: 'pay_1' }, movementsOfPayment(paid)).map(line)).toEqual([
      'SINGLE r1 PAYEE DOWN 30 of 1',
      'SINGLE r1 PAYER DOWN 50 of 2',
      'SINGLE c1 PAYEE DOWN 50 of 2',
    ]);
    expect(movementsOfPayment(paid)[1]).toMatchObject({ transferId: 'tr_9', bookedAt: at('02:00:01') });
    const { bookedAt: _, ...before } = paid;
    expect(movementsOfPayment(before)[1]?.bookedAt).toBe(at('02:00:00'));
  });

  it('is nothing of one that was refused, and of one that needed no money from above', () => {
    expect(movementsOfPayment({ ...paid, status: 'REFUSED' })).toEqual([]);
    expect(movementsOfPayment({ ...paid, funding: [] })).toEqual([]);
  });
});

describe('the largest page of receipts', () => {
  /** A function answers with 6 MB at the most. (AWS Lambda Developer Guide, "Lambda quotas".) */
  const answerBytesMax = 6 * 1_024 * 1_024;
  const id = (kind: string, number: number) => `${kind}_${String(number).padStart(26, '0')}`;

  it('fits an answer: 3,000 members pay into and are aggregated on the header, and 1,000 receipts are shown', () => {
    const most = 10n ** 18n - 1n;
    const movements = Array.from({ length: 3_000 }, (_, index) => {
      const accounts = { payer: id('acc', index + 1), payee: id('acc', 0) };
      const receipts = terms(index < 2_000 ? 'SINGLE' : 'AGGREGATED', 'AGGREGATED');
      const facts = { amount: most, transferId: id('tr', index) };
      return movement(index + 1, 'c → hq 1', receipts, { ...accounts, ...facts });
    });
    // The longest name of an account: 140 characters of three bytes each.
    const account = { name: '司'.repeat(140), holder: '司'.repeat(140) };
    const accounts = new Map(movements.map(({ payer }) => [payer, account])).set(id('acc', 0), account);
    const aggregatedFirst = deriveReceipts(run, movements);
    expect(aggregatedFirst.length).toBe(1 + 1_000 + 2_000);
    const pages = [0, 1_000, 2_000].map((begin) => {
      const shown = aggregatedFirst.slice(begin, begin + 1_000);
      const receipts = shown.map((one) => presentReceipt(one, { currency: 'CNY', ...run }, accounts));
      return Buffer.byteLength(JSON.stringify({ receipts }));
    });
    expect(Math.max(...pages)).toBeLessThan(answerBytesMax / 2);
  });
});
