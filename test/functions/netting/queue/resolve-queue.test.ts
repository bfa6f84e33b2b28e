import { describe, expect, test } from 'vitest';
import type { QueuedPayment, QueueState, Resolution } from '../../../../functions/netting/queue/queued-payment.ts';
import { resolveQueue } from '../../../../functions/netting/queue/resolve-queue.ts';

/** 'A→B 100' as a payment of that id. */
function queued(...texts: readonly string[]): QueuedPayment[] {
  return texts.map((id) => {
    const [payer = '', payee = '', amount = ''] = id.split(/[→ ]/);
    return { id, payer, payee, amount: BigInt(amount) };
  });
}

function resolve(available: Readonly<Record<string, bigint>>, payments: string[], limits: Partial<QueueState> = {}) {
  return resolveQueue({ payments: queued(...payments), available: new Map(Object.entries(available)), ...limits });
}

const told = ({ sets, waiting }: Resolution) => ({
  sets: sets.map(({ kind, payments }) => `${kind} ${payments.map(({ id }) => id).join(', ')}`),
  waiting: Object.fromEntries(waiting.map(({ payment, reasons }) => [payment.id, reasons])),
});

describe('a queue', () => {
  test('in gridlock settles together what cannot one by one; who is short waits', () => {
    const resolution = resolve({ A: 10n, B: 0n, C: 0n, D: 20n }, ['A→B 100', 'B→C 90', 'C→A 90', 'D→A 50']);
    expect(told(resolution)).toEqual({
      sets: ['MULTILATERAL A→B 100, B→C 90, C→A 90'],
      waiting: { 'D→A 50': [{ code: 'SHORT_OF_FUNDS', missing: 30n }] },
    });
  });

  test('settles alone what is covered, and what that makes possible', () => {
    expect(told(resolve({ A: 50n }, ['B→C 50', 'A→B 50']))).toEqual({
      sets: ['BILATERAL A→B 50', 'BILATERAL B→C 50'],
      waiting: {},
    });
  });

  test('offsets a pair first', () => {
    const { sets, waiting } = resolve({ A: 5n }, ['A→B 100', 'B→A 95', 'C→A 1']);
    expect(told({ sets, waiting })).toEqual({
      sets: ['BILATERAL A→B 100, B→A 95'],
      waiting: { 'C→A 1': [{ code: 'SHORT_OF_FUNDS', missing: 1n }] },
    });
  });

  test('offsets what moves nothing without any money', () => {
    expect(resolve({}, ['A→B 100', 'B→A 100']).sets).toMatchObject([{ payments: { length: 2 } }]);
  });

  test('keeps the order of each payer: a small one waits behind a large one', () => {
    expect(told(resolve({ A: 10n }, ['A→B 50', 'A→B 5']))).toEqual({
      sets: [],
      waiting: {
        'A→B 50': [{ code: 'SHORT_OF_FUNDS', missing: 40n }],
        'A→B 5': [{ code: 'BEHIND', payment: 'A→B 50' }],
      },
    });
  });

  test('drops the last one of a payer that is short, and those of others that relied on it', () => {
    // With all of it A is 40 short; without A→C 60, C cannot pay B 60, but B has enough of A's 50.
    expect(told(resolve({ A: 70n }, ['A→B 50', 'A→C 60', 'B→D 50', 'C→B 60']))).toMatchObject({
      sets: ['BILATERAL A→B 50', 'BILATERAL B→D 50'],
      waiting: {
        'A→C 60': [{ code: 'SHORT_OF_FUNDS', missing: 40n }],
        'C→B 60': [{ code: 'SHORT_OF_FUNDS', missing: 60n }],
      },
    });
  });

  test('of nobody is resolved to nothing', () => {
    expect(resolve({}, [])).toEqual({ sets: [], waiting: [] });
  });

  test('leaves alone who is below from the start, and still pays it', () => {
    expect(told(resolve({ A: -20n, B: 15n }, ['B→A 15', 'A→B 1']))).toEqual({
      sets: ['BILATERAL B→A 15'],
      waiting: { 'A→B 1': [{ code: 'SHORT_OF_FUNDS', missing: 6n }] },
    });
  });
});

describe('limits of a queue', () => {
  const bilateralLimits = new Map([['A', new Map([['B', 30n]])]]);

  test('between two hold back the payment to that one and what comes after it', () => {
    expect(told(resolve({ A: 100n }, ['A→C 5', 'A→B 40', 'A→C 10'], { bilateralLimits }))).toEqual({
      sets: ['BILATERAL A→C 5'],
      waiting: {
        'A→B 40': [{ code: 'BILATERAL_LIMIT', excess: 10n }],
        'A→C 10': [{ code: 'BEHIND', payment: 'A→B 40' }],
      },
    });
  });

  test('between two are on balance, and inclusive', () => {
    expect(told(resolve({ A: 100n, B: 10n }, ['A→B 40', 'B→A 10'], { bilateralLimits })).sets).toEqual([
      'BILATERAL A→B 40, B→A 10',
    ]);
  });

  test('of what one may owe all are on balance, and inclusive', () => {
    const netDebitLimits = new Map([['A', 50n]]);
    expect(told(resolve({ A: 100n }, ['A→B 50', 'A→B 1'], { netDebitLimits }))).toEqual({
      sets: ['BILATERAL A→B 50'],
      waiting: { 'A→B 1': [{ code: 'NET_DEBIT_LIMIT', excess: 1n }] },
    });
    expect(told(resolve({ A: 100n, C: 1n }, ['A→B 50', 'A→B 1', 'C→A 1'], { netDebitLimits })).waiting).toEqual({});
  });

  test('and funds are told both where both are short', () => {
    const waiting = told(resolve({ A: 10n }, ['A→B 40'], { bilateralLimits })).waiting;
    expect(waiting['A→B 40']).toEqual([
      { code: 'SHORT_OF_FUNDS', missing: 30n },
      { code: 'BILATERAL_LIMIT', excess: 10n },
    ]);
  });

  test('that were lowered below what was given stop those payments alone, and are looked at once', () => {
    // Looked for at each payment that is dropped, 10,000 limits in a queue of 10,000 would not come to an end here.
    const payments = Array.from({ length: 10_000 }, (_, n) => `HUB→B${n % 5_000} ${n < 5_000 ? 10 : 11}`);
    const lowered = Array.from({ length: 10_000 }, (_, n) => [`OTHER${n}`, -1n] as const);
    const limits = new Map([['HUB', new Map([...lowered, ['B7', -1n] as const])]]);
    const { sets, waiting } = told(resolve({ HUB: 1_000_000n }, payments, { bilateralLimits: limits }));
    expect(sets).toHaveLength(7);
    expect(waiting['HUB→B7 10']).toEqual([{ code: 'BILATERAL_LIMIT', excess: 11n }]);
    expect(waiting['HUB→B8 10']).toEqual([{ code: 'BEHIND', payment: 'HUB→B7 10' }]);
    const poor = told(resolve({ HUB: 50n }, payments, { bilateralLimits: new Map([['HUB', new Map(lowered)]]) }));
    expect(poor.sets).toHaveLength(5);
    expect(poor.waiting['HUB→B5 10']).toEqual([{ code: 'SHORT_OF_FUNDS', missing: 10n }]);
  });
});
