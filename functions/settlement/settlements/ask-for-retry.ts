import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { PayoutTools } from '../payout-tools.ts';
import { problems } from '../problems.ts';
import { findSettlement } from './find-settlement.ts';
import { payOut } from './pay-out.ts';
import { retryPayout } from './retry-payout.ts';
import { ownerDayOf, type SettlingBy, settleMerchant } from './settle-merchant.ts';
import { lastPayout, type Settlement } from './settlement.ts';
import { findRun } from './start-run.ts';

/**
 * Pays a settlement out again: under a number of its own what failed or came back, to the account as it is now what was held. One
 * whose lines did not add up is proved anew. The same key does it once. Problems: `settlement/settlement-not-found`,
 * `settlement/nothing-to-retry`, `request/idempotency-key-reused`; and those of decideAndWrite and payOut.
 */
export async function askForRetry(
  tools: PayoutTools,
  tenant: string,
  settlementId: string,
  claim: KeyClaim,
  now: Date,
): Promise<Settlement> {
  const { store } = tools;
  const { settlement: found, merchant } = await findSettlement(store, { tenant }, settlementId);
  const market = await findMarket(store, tenant, found.marketId);
  if (found.state === 'MISMATCH') await proveAnew(tools, found, { market, merchant, now });
  const settlement = await decideAndWrite(async () => {
    const { settlement: before } = await findSettlement(store, { tenant }, settlementId);
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    const last = lastPayout(before);
    if (before.state === 'SETTLED' && last?.state === 'DUE') return { answer: before };
    const next = retryPayout(before, merchant, market, now, false);
    if (!next) throw nothingToRetry(before);
    return { answer: next, write: () => store.replaceSettlement(next, { claim: { ...claim, id: settlementId } }) };
  });
  const last = lastPayout(settlement);
  if (last?.state === 'DUE') {
    await payOut(tools, market, [{ settlement, payableAccountId: merchant.payableAccountId }], last.id, now);
  }
  return (await findSettlement(store, { tenant }, settlementId)).settlement;
}

type Found = Awaited<ReturnType<typeof findSettlement>>;

async function proveAnew(
  { store }: PayoutTools,
  { tenant, date, sequence, runId }: Settlement,
  by: Pick<Found, 'merchant'> & Omit<SettlingBy, 'run'>,
): Promise<void> {
  const [total] = await store.readTotalsOf([ownerDayOf(by.merchant, { date, sequence })]);
  if (!total) throw new Error(`The day ${date} of ${by.merchant.id} has no total.`);
  const run = await findRun(store, tenant, runId);
  await settleMerchant(store, by.merchant, { date, sequence }, total, { ...by, run });
}

function nothingToRetry(settlement: Settlement) {
  const last = lastPayout(settlement);
  const state = last?.state ?? settlement.state;
  return problems['nothing-to-retry'].with({ detail: `The payout is ${state}.`, state, settlementId: settlement.id });
}
