import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../../functions/ledger/account.ts';
import type { Decision } from '../../../functions/ledger/decision.ts';
import { countItems, itemsPerTransactionMax, planWrites } from '../../../functions/ledger/plan-writes.ts';
import { transferOf } from '../../support/commands.ts';

/** A decision as the planner sees it: who is touched, and whether the account is hot. */
function decision(key: number, from: string, to: string, hot: readonly string[]): Decision {
  const command = transferOf('t', `${key}`, from, to, 1n);
  const parties = [from, to];
  return {
    outcome: 'TRANSFER',
    command,
    transfer: {} as never,
    states: parties.filter((id) => !hot.includes(id)).map((accountId) => ({ accountId }) as AccountState),
    recorded: parties
      .filter((id) => hot.includes(id))
      .map((accountId) => ({ accountId, delta: { posted: 1n, pendingIn: 0n, pendingOut: 0n } })),
  };
}

const accounts = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'hot');
const batch = fc
  .array(fc.tuple(accounts, accounts), { maxLength: 300 })
  .map((pairs) => pairs.map(([from, to], key) => decision(key, from, to === from ? 'z' : to, ['hot'])));

describe('packing decisions into transactions', () => {
  it('writes each decision once, in transactions that fit', () => {
    fc.assert(
      fc.property(batch, (decisions) => {
        const groups = planWrites(decisions).flat();
        expect(new Set(groups.flat())).toEqual(new Set(decisions));
        expect(groups.flat()).toHaveLength(decisions.length);
        for (const group of groups) expect(countItems(group)).toBeLessThanOrEqual(itemsPerTransactionMax);
      }),
    );
  });

  it('keeps transfers that share an account in one lane, in the order given', () => {
    fc.assert(
      fc.property(batch, (decisions) => {
        const laneOf = new Map<Decision, number>();
        const placeOf = new Map<Decision, number>();
        for (const [lane, groups] of planWrites(decisions).entries()) {
          for (const [place, one] of groups.flat().entries()) {
            laneOf.set(one, lane);
            placeOf.set(one, place);
          }
        }
        for (const account of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'z']) {
          const sharing = decisions.filter(
            (one) => one.outcome === 'TRANSFER' && one.states.some(({ accountId }) => accountId === account),
          );
          expect(new Set(sharing.map((one) => laneOf.get(one))).size).toBeLessThanOrEqual(1);
          const places = sharing.map((one) => placeOf.get(one) ?? -1);
          expect(places).toEqual([...places].sort((x, y) => x - y));
        }
      }),
    );
  });

  it('puts 100 credits to one hot account, ten from each of ten others, into two transactions', () => {
    const decisions = Array.from({ length: 100 }, (_, n) => decision(n, `payer ${n % 10}`, 'hot', ['hot']));
    // Each payer needs 10 records and a version; with the hot posting 9 payers make 100 items.
    expect(planWrites(decisions).flat().map(countItems)).toEqual([100, 12]);
  });

  it('leaves malformed requests out and keeps refusals by state', () => {
    const refused = (status: number): Decision => ({
      outcome: 'REFUSED',
      command: transferOf('t', `${status}`, 'a', 'b', 1n),
      problem: { status } as never,
      accountIds: ['a', 'b'],
    });
    const kept = refused(409);
    expect(planWrites([refused(400), kept]).flat(2)).toEqual([kept]);
  });
});
