import { expect } from 'vitest';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { carryOnRun } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, now, share, type TestRuns, tenant } from './runs-support.ts';

/** A market of its own whose merchants are due an amount each on `dueOn`, in fen; what is lacking of each is not owed yet. */
export async function openDue(
  own: TestRuns,
  marketId: string,
  due: Readonly<Record<string, bigint>>,
  {
    lacking = 0n,
    merchants = {},
  }: { readonly lacking?: bigint; readonly merchants?: Readonly<Record<string, Partial<Merchant>>> } = {},
): Promise<Market> {
  const all = Object.entries(due);
  const market = await own.open(marketId, Object.fromEntries(all.map(([id]) => [id, merchants[id] ?? {}])));
  await own.lines(
    marketId,
    all.map(([id, amount]) => [id, dueOn, share(amount)] as const),
  );
  for (const [id, amount] of all) {
    if (amount > lacking) await own.owe(market, id, amount - lacking);
  }
  return market;
}

/** The same for each. */
export const each = (ids: readonly string[], amount: bigint) => Object.fromEntries(ids.map((id) => [id, amount]));

/** 10.00 of a merchant wait for funds after a run: the ledger has nothing of it, until it is given. */
export async function openWaiting(own: TestRuns, name: string) {
  const [marketId, merchantId] = [`mkt_${name}`, `mer_${name}`];
  const market = await openDue(own, marketId, { [merchantId]: 1_000n }, { lacking: 1_000n });
  await own.run(marketId, name);
  const settlement = await own.settlementOf(merchantId);
  expect(settlement.payouts).toMatchObject([{ state: 'PENDING_FUNDS', amount: 1_000n }]);
  return { market, merchantId, settlement, fund: () => own.owe(market, merchantId, 1_000n) };
}

/** What the ledger has of the only merchant of a market, in fen: owed to it, on its way to it, paid out, and claimed. */
export async function booksOf(own: TestRuns, { accounts }: Market, merchantId: string) {
  const { payableAccountId } = await own.merchantOf(merchantId);
  const ids = [payableAccountId, accounts.inTransit, accounts.paidOut, accounts.claims];
  const [payable, inTransit, paidOut, claims] = await Promise.all(ids.map(own.held));
  return { payable, inTransit, paidOut, claims };
}

/** How the payouts of a merchant stand, as '600 SENT' each, and the job of an hour, of which nothing fails. */
export function payoutsOf(own: () => TestRuns) {
  return {
    paidOf: async (merchantId: string, sequence = 0) => {
      const { payouts } = await own().settlementOf(merchantId, dueOn, sequence);
      return payouts.map(({ amount, state }) => `${amount} ${state}`);
    },
    look: async (hours: number) => expect(await reconsiderPayouts(own().runs, hoursLater(hours))).toEqual([]),
  };
}

/** A run that has closed its day, and split its sums, and has not settled a merchant yet: who carries it on is to come. */
export async function closedRun(own: TestRuns, marketId: string, businessDate = dueOn, at = now): Promise<string> {
  const asked = { ...claim(`${marketId} ${businessDate} closed`), operation: 'startSettlementRun' };
  const { id: runId } = await startRun(own.store, tenant, { marketId, businessDate }, asked, at);
  await carryOnRun(own.runs, { tenant, runId, stepsMax: 3 }, at);
  expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'SETTLING' });
  return runId;
}
