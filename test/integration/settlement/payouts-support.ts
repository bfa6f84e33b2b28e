import { expect } from 'vitest';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { dueOn, share, type TestRuns } from './runs-support.ts';

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
