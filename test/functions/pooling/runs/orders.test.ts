import { describe, expect, it } from 'vitest';
import { problems } from '../../../../functions/ledger/problems.ts';
import type { TransferOrder } from '../../../../functions/ledger/published.ts';
import { NotAnsweredError } from '../../../../functions/pooling/ledger-answers.ts';
import type { Payment } from '../../../../functions/pooling/payments/payment.ts';
import { paymentOrder } from '../../../../functions/pooling/payments/payment-order.ts';
import type { Pool } from '../../../../functions/pooling/pool.ts';
import { orderOf, outcomeOf } from '../../../../functions/pooling/runs/leg-order.ts';
import type { Run, RunLeg } from '../../../../functions/pooling/runs/run.ts';
import { general } from '../../../../shared/problems/general.ts';

const cause = { client: 'test', role: 'treasurer', requestId: 'test' };
const run: Run = {
  id: 'run_1',
  tenant: 't',
  poolId: 'pool_1',
  currency: 'CNY',
  trigger: 'SCHEDULED',
  startedBy: 'HAND',
  businessDate: '2026-03-02',
  runNumber: 1,
  status: 'RUNNING',
  configVersion: 1,
  planId: 'plan_1',
  legs: 1,
  idle: 0,
  planned: { up: 0n, down: 0n },
  startedAt: '2026-03-02T01:00:00.000Z',
  cause,
};

function leg(direction: 'UP' | 'DOWN', more: Partial<RunLeg> = {}): RunLeg {
  return {
    number: 3,
    accountId: 'c1',
    parentId: 'hq',
    direction,
    amount: 100n,
    depth: 1,
    payerKeeps: 20n,
    payerLeft: 20n,
    ...more,
  };
}

/** 'c1 → hq 100' for each leg of a transfer. */
const lines = ({ legs }: TransferOrder) =>
  legs.map((one) => `${one.debitAccountId} → ${one.creditAccountId} ${one.amount}`);
const order = (direction: 'UP' | 'DOWN', more: Partial<RunLeg> = {}, amount = 100n) =>
  orderOf(run, { leg: leg(direction, more), amount, keeps: 20n }, '2026-03-02');

describe('a leg as a transfer', () => {
  it('moves money between the account and its parent, which the payer must be able to spare', () => {
    expect(lines(order('UP'))).toEqual(['c1 → hq 100']);
    expect(order('UP').guards).toEqual([{ accountId: 'c1', freeMin: 20n }]);
    expect(lines(order('DOWN', {}, 60n))).toEqual(['hq → c1 60']);
    expect(order('DOWN').guards).toEqual([{ accountId: 'hq', freeMin: 20n }]);
    const { payerKeeps: _, ...unbound } = leg('DOWN');
    expect(orderOf(run, { leg: unbound, amount: 100n }, '2026-03-02').guards).toEqual([]);
  });

  it('books the loan on the books of both entities, within its ceiling', () => {
    const lends = { loan: { accountId: 'loan', controlId: 'control', side: 'CREDIT' as const, bound: 300n } };
    expect(lines(order('UP', lends))).toEqual(['c1 → hq 100', 'control → loan 100']);
    expect(order('UP', lends).guards).toContainEqual({ accountId: 'loan', postedMax: 300n });
    const takesBack = { loan: { accountId: 'loan', controlId: 'control', side: 'DEBIT' as const, bound: -50n } };
    expect(lines(order('DOWN', takesBack))).toEqual(['hq → c1 100', 'loan → control 100']);
    expect(order('DOWN', takesBack).guards).toContainEqual({ accountId: 'loan', postedMin: -50n });
  });

  it('is named after run and account, whatever amount is left of it', () => {
    expect(order('UP').name).toEqual(['pooling', 'pool_1', 'run_1', 'c1']);
    expect(order('UP', {}, 1n).name).toEqual(order('UP').name);
    expect(order('UP', {}, 1n).fingerprint).not.toBe(order('UP').fingerprint);
  });

  it('of a run of an earlier day has the value of that day', () => {
    expect(order('UP').valueDate).toBeUndefined();
    expect(orderOf(run, { leg: leg('UP'), amount: 1n }, '2026-03-03').valueDate).toBe('2026-03-02');
  });
});

describe('what the ledger answers to a leg', () => {
  const posted = { id: 'tr_1', outcome: 'POSTED' as const, legs: [], bookedAt: '2026-03-02T01:00:00.000Z' };

  it('is confirmed with the time of its booking, and says where less moved than was planned', () => {
    expect(outcomeOf({ leg: leg('UP'), amount: 100n }, posted)).toEqual({
      number: 3,
      status: 'CONFIRMED',
      amount: 100n,
      bookedAt: posted.bookedAt,
    });
    expect(outcomeOf({ leg: leg('UP'), amount: 99n }, posted)).toMatchObject({
      status: 'CONFIRMED',
      amount: 99n,
      reason: 'UPSTREAM_FAILED',
    });
  });

  it('has failed with the reason of the ledger', () => {
    const problem = problems['account-frozen'].with({ detail: 'It is frozen.', accountId: 'c1' });
    expect(outcomeOf({ leg: leg('UP'), amount: 100n }, { id: 'tr_1', outcome: 'REFUSED', problem })).toEqual({
      number: 3,
      status: 'FAILED',
      amount: 100n,
      problem: { code: 'ledger/account-frozen', detail: 'It is frozen.' },
    });
  });

  it.each(['conflict-retry', 'unavailable', 'internal-error'] as const)('is no answer yet: %s', (name) => {
    const problem = general[name].with({ detail: 'Not now.' });
    const ask = () => outcomeOf({ leg: leg('UP'), amount: 100n }, { id: 'tr_1', outcome: 'REFUSED', problem });
    expect(ask).toThrow(NotAnsweredError);
  });
});

describe('a payment as one transfer', () => {
  const pool: Pool = {
    id: 'pool_1',
    tenant: 't',
    name: 'Pool',
    currency: 'CNY',
    kind: 'PHYSICAL',
    headerAccountId: 'hq',
    rootAccountId: 'hq',
    revision: 1,
    configVersion: 1,
    members: 2,
    createdAt: '2026-03-02T01:00:00.000Z',
    changedAt: '2026-03-02T01:00:00.000Z',
    cause,
  };
  const ledgerPool: Pool = {
    ...pool,
    kind: 'LEDGER',
    headerAccountId: 'real',
    rootAccountId: 'main',
    book: { controlAccountId: 'control', clearingAccountId: 'clearing' },
  };

  function payment(more: Partial<Payment> = {}): Payment {
    return {
      id: 'pay_1',
      tenant: 't',
      poolId: 'pool_1',
      currency: 'CNY',
      accountId: 'c1',
      creditAccountId: 'supplier',
      amount: 100n,
      references: {},
      businessDate: '2026-03-02',
      status: 'PLANNED',
      attempt: 1,
      funding: [],
      payerKeeps: 0n,
      madeAt: '2026-03-02T01:00:00.000Z',
      cause,
      ...more,
    };
  }

  const funding = [
    { accountId: 'r1', parentId: 'hq', amount: 50n, parentKeeps: 10n },
    {
      accountId: 'c1',
      parentId: 'r1',
      amount: 80n,
      parentKeeps: 0n,
      loan: { accountId: 'loan', controlId: 'loans', side: 'DEBIT' as const, bound: -90n },
    },
  ];

  it('holds the money from above, level by level, the loans it makes, and the payment', () => {
    const made = paymentOrder(pool, payment({ funding }), {});
    expect(lines(made)).toEqual(['hq → r1 50', 'r1 → c1 80', 'loan → loans 80', 'c1 → supplier 100']);
    expect(made.guards).toEqual([
      { accountId: 'hq', freeMin: 10n },
      { accountId: 'r1', freeMin: 0n },
      { accountId: 'loan', postedMin: -90n },
      { accountId: 'c1', freeMin: 0n },
    ]);
  });

  it('has a name of its own for each plan', () => {
    expect(paymentOrder(pool, payment(), {}).name).toEqual(['pooling', 'pool_1', 'pay_1', '1']);
    expect(paymentOrder(pool, payment({ attempt: 2 }), {}).name).toEqual(['pooling', 'pool_1', 'pay_1', '2']);
  });

  it('out of an internal ledger leaves the real account, mirrored inside the book', () => {
    expect(lines(paymentOrder(ledgerPool, payment(), {}))).toEqual(['c1 → control 100', 'real → supplier 100']);
    const elsewhere = { book: { id: 'pool_2', role: 'LEDGER' as const } };
    expect(lines(paymentOrder(ledgerPool, payment(), elsewhere))).toEqual(['c1 → control 100', 'real → supplier 100']);
    const inside = { book: { id: 'pool_1', role: 'LEDGER' as const } };
    expect(lines(paymentOrder(ledgerPool, payment(), inside))).toEqual(['c1 → supplier 100']);
  });
});
