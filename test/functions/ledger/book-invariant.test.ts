import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../functions/ledger/commands.ts';
import type { World } from '../../../functions/ledger/decision.ts';
import type { Leg } from '../../../functions/ledger/transfer.ts';
import { testCause, transferOf } from '../../support/commands.ts';
import { testSeed } from '../../support/random.ts';
import { carryOut, codeOf, legsOf, stateOf, worldOf } from './worlds.ts';

/** Random commands on a book of one real account, its control account and three ledgers, and two accounts outside. */
const ledgers = ['main', 'shop', 'income'];
const inside = ['control', ...ledgers];
const outside = ['real', 'supplier', 'customer'];
const everyone = [...inside, ...outside];

const amount = fc.integer({ min: 1, max: 90 });
const ledger = fc.constantFrom(...ledgers);
const mode = fc.constantFrom('POSTED', 'POSTED', 'PENDING');
const anyLeg = fc
  .tuple(fc.constantFrom(...everyone), fc.constantFrom(...everyone), fc.integer({ min: 1, max: 3 }))
  .filter(([from, to]) => from !== to)
  .map(([from, to, minor]) => `${from} > ${to} ${minor}`);
const legs = fc.oneof(
  fc.tuple(ledger, amount).map(([by, minor]) => `real > supplier ${minor}, ${by} > control ${minor}`),
  fc.tuple(ledger, amount).map(([by, minor]) => `customer > real ${minor}, control > ${by} ${minor}`),
  fc.uniqueArray(ledger, { minLength: 2, maxLength: 2 }).map(([from, to]) => `${from} > ${to} 5`),
  fc.array(anyLeg, { minLength: 1, maxLength: 4 }).map((lines) => lines.join(', ')),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('TRANSFER' as const), legs, mode }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('POST' as const),
      which: fc.nat(),
      parts: fc.constantFrom<readonly bigint[]>([], [1n], [1n, 1n], [2n, 1n]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('VOID' as const, 'EXPIRE' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('REVERSE' as const), which: fc.nat() }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const bind: Command = {
  command: 'BIND',
  id: 'tr_bind',
  fingerprint: '',
  cause: testCause,
  bookId: 'B1',
  realAccountId: 'real',
  controlAccountId: 'control',
  mainLedgerId: 'main',
};

describe('the ledgers of a book', () => {
  const seed = testSeed();
  it(`add up to the real balance after every accepted command (seed ${seed})`, () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.bigInt({ min: -500n, max: 500n }), fc.array(step, { maxLength: 60 }), (posted, steps) => {
        const world = worldOf(
          stateOf('real', { posted }),
          stateOf('control', { book: { id: 'B1', role: 'CONTROL' } }),
          stateOf('main', { book: { id: 'B1', role: 'LEDGER' } }),
          stateOf('shop', { book: { id: 'B1', role: 'LEDGER' } }),
          stateOf('income', { book: { id: 'B1', role: 'INCOME' } }),
          stateOf('supplier'),
          stateOf('customer'),
        );
        expect(codeOf(carryOut(world, bind))).toBe('accepted');
        expectWhole(world);
        const made: string[] = [bind.id];
        for (const [index, one] of steps.entries()) {
          const before = new Map(world.accounts);
          const decision = carryOut(world, commandOf(one, `k${index}`, made));
          const code = codeOf(decision);
          seen.set(`${one.do} ${code}`, (seen.get(`${one.do} ${code}`) ?? 0) + 1);
          if (one.do === 'TRANSFER') expect({ legs: one.legs, code }).toEqual({ legs: one.legs, code: expected(one) });
          if (decision.outcome === 'REFUSED') expect(world.accounts).toEqual(before);
          if (decision.outcome !== 'TRANSFER') continue;
          made.push(decision.transfer.id);
          expectWhole(world);
          if (decision.transfer.type !== 'REVERSAL') expect(decision.transfer.legs.filter(isIncomePayment)).toEqual([]);
        }
      }),
      { seed, numRuns: 900 },
    );
    // A run that never gets to a rule says nothing of it.
    for (const rule of ['book-boundary', 'book-out-of-balance', 'income-account-debit']) {
      expect(seen.get(`TRANSFER ledger/${rule}`) ?? 0, rule).toBeGreaterThan(0);
    }
    for (const kind of ['TRANSFER', 'POST', 'VOID', 'EXPIRE', 'REVERSE']) {
      expect(seen.get(`${kind} accepted`) ?? 0, kind).toBeGreaterThan(0);
    }
    expect(seen.get('POST ledger/book-out-of-balance') ?? 0).toBeGreaterThan(0);
  });
});

function commandOf(one: Step, key: string, made: readonly string[]): Command {
  const command = transferOf('t', key, '', '', 0n);
  if (one.do === 'TRANSFER') return { ...command, mode: one.mode as 'POSTED', legs: legsOf(one.legs) };
  const { id, fingerprint, cause } = command;
  const target = made[one.which % made.length] ?? '';
  const common = { id, fingerprint, cause };
  if (one.do === 'REVERSE') return { ...common, command: 'REVERSE', transferId: target };
  if (one.do !== 'POST') return { ...common, command: one.do, pendingId: target };
  const amounts = one.parts.map((minor, leg) => ({ leg, minor, currency: 'CNY' }));
  return { ...common, command: 'POST', pendingId: target, amounts };
}

function isIncomePayment({ debitAccountId, creditAccountId }: Leg): boolean {
  return debitAccountId === 'income' && creditAccountId === 'control';
}

/** The rules once more, by sums over the legs. */
function expected({ legs: text, mode: how }: { legs: string; mode: string }): string {
  const lines = legsOf(text);
  if (lines.some((leg) => inside.includes(leg.debitAccountId) !== inside.includes(leg.creditAccountId))) {
    return 'ledger/book-boundary';
  }
  const sum = (side: 'debitAccountId' | 'creditAccountId', id: string) =>
    lines.filter((leg) => leg[side] === id).reduce((total, leg) => total + leg.amount, 0n);
  const [realOut, realIn] = [sum('debitAccountId', 'real'), sum('creditAccountId', 'real')];
  const [controlOut, controlIn] = [sum('debitAccountId', 'control'), sum('creditAccountId', 'control')];
  const mirrored =
    how === 'PENDING' ? realOut === controlIn && realIn === controlOut : realIn - realOut === controlOut - controlIn;
  if (!mirrored) return 'ledger/book-out-of-balance';
  return lines.some(isIncomePayment) ? 'ledger/income-account-debit' : 'accepted';
}

function expectWhole(world: World): void {
  const of = (id: string) => world.accounts.get(id) ?? stateOf(id);
  const [real, control] = [of('real'), of('control')];
  const carried = ledgers.reduce((sum, id) => sum + of(id).posted, 0n);
  expect([carried, control.posted]).toEqual([real.posted, -real.posted]);
  expect([control.pendingIn, control.pendingOut]).toEqual([real.pendingOut, real.pendingIn]);
}
