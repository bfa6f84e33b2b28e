import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../../../../functions/ledger/published.ts';
import type { QueueEntry } from '../../../../functions/netting/queued-payments/kept-payment.ts';
import { barAfter } from '../../../../functions/netting/resolutions/blame.ts';
import { decideRound, type QueueWorld } from '../../../../functions/netting/resolutions/decide-round.ts';
import { addToDay, limitsLeft } from '../../../../functions/netting/resolutions/limits-left.ts';
import { payersOf, postingGroups, setsOf } from '../../../../functions/netting/resolutions/posting-order.ts';
import type { SetLine } from '../../../../functions/netting/resolutions/resolution-lines.ts';
import { netLegs } from '../../../../functions/netting/resolutions/set-legs.ts';
import { usableAccounts } from '../../../../functions/netting/resolutions/usable-accounts.ts';
import { Problem } from '../../../../shared/problems/problem.ts';
import { aParticipant } from '../intake-samples.ts';

const holder = (id: string, accountId = `acc ${id}`) =>
  aParticipant(id, { accounts: [{ currency: 'CNY', at: 'LEDGER', accountId }] });
const account = (id: string, more: Partial<LedgerAccount> = {}): [string, LedgerAccount] => [
  `acc ${id}`,
  {
    ...{ id: `acc ${id}`, currency: 'CNY', holder: id, purpose: 'GENERAL', hot: false, hasBankAccount: false },
    ...{ status: 'ACTIVE', posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 1, ...more },
  },
];
/** 'A→B 100', in the order of the queue. */
const entries = (...payments: readonly string[]): QueueEntry[] =>
  payments.map((reference, place) => {
    const [, payer = '', payee = '', amount = ''] = /^(\w+)→(\w+) (\d+)/.exec(reference) ?? [];
    return { reference, payer, payee, amount: BigInt(amount), gate: 0, number: place + 1 };
  });
const noLimits = { netDebitLimits: new Map(), bilateralLimits: new Map() };
const line = (set: number, reference: string): SetLine => {
  const [entry] = entries(reference);
  return { ...(entry as QueueEntry), set, kind: 'BILATERAL' };
};

function decide(posted: Readonly<Record<string, bigint>>, payments: readonly string[], more: Partial<QueueWorld> = {}) {
  const ids = Object.keys(posted);
  const ledger = new Map(ids.map((id) => account(id, { posted: posted[id] ?? 0n })));
  const usable = usableAccounts(
    ids.map((id) => holder(id)),
    ledger,
    'CNY',
    [],
  );
  const world = { usable, limits: noLimits, excludedPairs: [], idOf: ({ reference }: QueueEntry) => reference };
  return decideRound({ entries: entries(...payments), ...world, ...more }, 0);
}

describe('a round of a resolution', () => {
  it('settles the three that only together can, and tells the fourth what it lacks', () => {
    const { sets, waiting } = decide({ A: 10n, B: 0n, C: 0n, D: 20n }, ['A→B 100', 'B→C 90', 'C→A 90', 'D→A 50']);
    expect(sets.map(({ reference, set, kind }) => `${reference} ${set} ${kind}`)).toEqual([
      'A→B 100 1 MULTILATERAL',
      'B→C 90 1 MULTILATERAL',
      'C→A 90 1 MULTILATERAL',
    ]);
    expect(waiting).toMatchObject([{ reference: 'D→A 50', reasons: [{ code: 'SHORT_OF_FUNDS', missing: 30n }] }]);
  });

  it('sets aside what is between two that are kept apart, and what stands behind it', () => {
    const { sets, waiting } = decide({ A: 10n, B: 10n, C: 0n }, ['A→B 1', 'A→C 2', 'A→B 3', 'B→C 4'], {
      excludedPairs: [['C', 'A']],
    });
    expect(sets.map(({ reference }) => reference)).toEqual(['A→B 1', 'B→C 4']);
    expect(waiting.map(({ reference, reasons }) => [reference, reasons[0]])).toEqual([
      ['A→C 2', { code: 'EXCLUDED_PAIR' }],
      ['A→B 3', { code: 'BEHIND', payment: 'A→C 2' }],
    ]);
  });
});

describe('what an account can do', () => {
  const usable = (...accounts: readonly [string, LedgerAccount][]) =>
    usableAccounts(
      accounts.map(([, { holder: id }]) => holder(id)),
      new Map(accounts),
      'CNY',
      [],
    );

  it('is to spend what is on it, less what is held, frozen and must stay', () => {
    const { available, floors } = usable(
      account('A', { posted: 100n, pendingIn: 7n, pendingOut: 10n, frozen: 20n, floor: 30n }),
      account('B', { posted: 5n, floor: -50n }),
      account('C', { posted: -3n }),
    );
    expect(available).toEqual(
      new Map([
        ['A', 40n],
        ['B', 55n],
        ['C', -3n],
      ]),
    );
    expect(floors).toEqual(
      new Map([
        ['A', 30n],
        ['B', -50n],
        ['C', 0n],
      ]),
    );
  });

  it('is nothing where it is closed, another’s, or in another currency; a frozen one is paid, a hot one too', () => {
    const { cannotPay, cannotBePaid, accounts } = usable(
      account('A', { status: 'CLOSED' }),
      account('B', { owner: 'pooling' }),
      account('C', { currency: 'EUR' }),
      account('D', { status: 'FROZEN' }),
      account('E', { hot: true }),
      account('F'),
    );
    expect([...cannotBePaid.keys()]).toEqual(['A', 'B', 'C']);
    expect([...cannotPay.keys()]).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect([...accounts.keys()]).toEqual(['D', 'E', 'F']);
  });

  it('is nothing where two name the same, and for one that is barred', () => {
    const two = usableAccounts([holder('A', 'acc A'), holder('B', 'acc A')], new Map([account('A')]), 'CNY', []);
    expect([...two.cannotPay.keys()]).toEqual(['A', 'B']);
    const barred = usableAccounts([holder('A')], new Map([account('A')]), 'CNY', [{ participant: 'A', detail: 'so' }]);
    expect(barred.cannotPay).toEqual(new Map([['A', 'so']]));
  });
});

describe('the net legs of a set', () => {
  it('are paid by those who give on balance to those who get', () => {
    // A gives 30 and gets 10, B gets 30 and gives 5 and 10, C gets 5.
    expect(netLegs(entries('A→B 30', 'B→C 5', 'B→A 10'))).toEqual([
      { payer: 'A', payee: 'B', amount: 15n },
      { payer: 'A', payee: 'C', amount: 5n },
    ]);
    expect(netLegs(entries('A→B 30', 'B→A 30'))).toEqual([]);
  });

  it('give each what it gets on balance, in fewer legs than parties', () => {
    const party = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G');
    const payment = fc
      .record({ payer: party, payee: party, amount: fc.bigInt({ min: 1n, max: 60n }) })
      .filter(({ payer, payee }) => payer !== payee);
    const nets = (payments: readonly { payer: string; payee: string; amount: bigint }[]) => {
      const sums: Record<string, bigint> = {};
      for (const { payer, payee, amount } of payments) {
        sums[payer] = (sums[payer] ?? 0n) - amount;
        sums[payee] = (sums[payee] ?? 0n) + amount;
      }
      return Object.fromEntries(Object.entries(sums).filter(([, net]) => net !== 0n));
    };
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 30 }), (payments) => {
        const legs = netLegs(payments);
        expect(nets(legs)).toEqual(nets(payments));
        expect(legs.every(({ amount }) => amount > 0n)).toBe(true);
        expect(legs.length).toBeLessThanOrEqual(Math.max(0, Object.keys(nets(payments)).length - 1));
        // Nobody pays and is paid.
        const payers = new Set(legs.map(({ payer }) => payer));
        expect(legs.some(({ payee }) => payers.has(payee))).toBe(false);
      }),
    );
  });
});

describe('the order of posting', () => {
  it('has no payer twice in what is asked at once, and keeps the order of sets', () => {
    const sets = setsOf([line(1, 'A→B 1'), line(2, 'C→D 1'), line(3, 'A→D 1'), line(3, 'D→A 1'), line(4, 'B→A 1')]);
    const groups = postingGroups(sets, new Set());
    expect(groups.map((group) => group.map(({ set }) => set))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(groups[1]?.flatMap(payersOf)).toEqual(['A', 'D', 'B']);
  });

  it('asks for a chain at once, but has those with limits paid before they pay', () => {
    const chain = setsOf([line(1, 'A→B 1'), line(2, 'B→C 1'), line(3, 'C→D 1')]);
    const numbersOf = (limited: string[]) =>
      postingGroups(chain, new Set(limited)).map((group) => group.map(({ set }) => set));
    expect(numbersOf([])).toEqual([[1, 2, 3]]);
    expect(numbersOf(['A', 'C'])).toEqual([[1, 2], [3]]);
    expect(numbersOf(['B'])).toEqual([[1], [2, 3]]);
  });
});

describe('who is barred after a round', () => {
  const [set] = setsOf([line(1, 'A→B 5'), line(1, 'B→A 4')]);
  const refusal = (code: string, fields: object = {}, waitedFor: string[] = []) => ({
    set: set as NonNullable<typeof set>,
    problem: new Problem(code, { status: 409, title: '', mend: '' }, { detail: 'no', ...fields }),
    waitedFor,
  });
  const partyOf = (accountId: string) => accountId.slice(4);
  const barred = (refusedRounds: number, code: string, fields?: object, waitedFor?: string[]) =>
    barAfter({ barred: [], refusedRounds }, [refusal(code, fields, waitedFor)], partyOf).map(
      ({ participant }) => participant,
    );

  it('is nobody while other movements may have been faster, and then the one that is short', () => {
    expect(barred(0, 'ledger/insufficient-funds', { accountId: 'acc A' })).toEqual([]);
    expect(barred(1, 'ledger/condition-not-met', { accountId: 'acc A' })).toEqual([]);
    expect(barred(2, 'ledger/insufficient-funds', { accountId: 'acc A' })).toEqual(['A']);
  });

  it('is at once the one whose account is refused, or all who pay where the ledger names none', () => {
    expect(barred(0, 'ledger/account-frozen', { accountId: 'acc B' })).toEqual(['B']);
    expect(barred(0, 'ledger/book-unbalanced')).toEqual(['A', 'B']);
  });

  it('is not who only waited for another’s money, unless its account is refused', () => {
    expect(barred(2, 'ledger/insufficient-funds', { accountId: 'acc A' }, ['A'])).toEqual([]);
    expect(barred(2, 'ledger/insufficient-funds', { accountId: 'acc A' }, ['B'])).toEqual(['A']);
    expect(barred(0, 'ledger/account-frozen', { accountId: 'acc A' }, ['A'])).toEqual(['A']);
  });
});

describe('limits of a day', () => {
  const limited = [{ ...holder('A'), netDebitLimits: [{ currency: 'CNY', amount: 100n } as const] }, holder('B')];
  const pairs = [{ payer: 'B', payee: 'A', currency: 'CNY', amount: 40n } as const];

  it('are used up by what was given and come back with what was got', () => {
    const fresh = limitsLeft(limited, pairs, 'CNY', []);
    const sums = addToDay([], [line(1, 'A→B 70'), line(1, 'B→A 15'), line(2, 'B→C 9')], fresh);
    expect(sums).toEqual([
      { party: 'A', net: -55n },
      { party: 'B', net: 46n },
      { party: 'B', other: 'A', net: 55n },
      { party: 'C', net: 9n },
    ]);
    const left = limitsLeft(limited, pairs, 'CNY', sums);
    expect(left.netDebitLimits).toEqual(new Map([['A', 45n]]));
    expect(left.bilateralLimits).toEqual(new Map([['B', new Map([['A', 95n]])]]));
    expect(addToDay(sums, [line(3, 'A→B 45')], left)[0]).toEqual({ party: 'A', net: -100n });
  });

  it('that are set at noon count what was given since the morning', () => {
    const morning = limitsLeft([holder('A'), holder('B')], [], 'CNY', []);
    const sums = addToDay([], [line(1, 'A→B 100')], morning);
    const atNoon = aParticipant('A', { netDebitLimits: [{ currency: 'CNY', amount: 50n }] });
    expect(limitsLeft([atNoon], [], 'CNY', sums).netDebitLimits.get('A')).toBe(-50n);
  });

  it('of another currency do not count', () => {
    const other = limitsLeft(limited, pairs, 'EUR', []);
    expect([other.netDebitLimits.size, other.bilateralLimits.size]).toEqual([0, 0]);
  });
});
