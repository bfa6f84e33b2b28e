import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { findMarket } from '../markets/keep-market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { findSettlement } from './find-settlement.ts';
import { isInNetting } from './netted-settlement.ts';
import { retryPayout } from './retry-payout.ts';
import { type SettlingBy, settleMerchant } from './settle-merchant.ts';
import { lastPayout, type Settlement } from './settlement.ts';
import { findRun } from './start-run.ts';

/**
 * Has a settlement paid out again: under a number of its own what failed or came back, to the account as it is now what was held.
 * One whose lines did not add up is proved anew. It is paid in the background. The same key does it once. Problems:
 * `settlement/settlement-not-found`, `settlement/nothing-to-retry`, `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function askForRetry(
  store: SettlementStore,
  tenant: string,
  settlementId: string,
  claim: KeyClaim,
  now: Date,
): Promise<Settlement> {
  const { settlement: found, merchant } = await findSettlement(store, { tenant }, settlementId);
  const market = await findMarket(store, tenant, found.marketId);
  if (found.state === 'MISMATCH') await proveAnew(store, found, { market, merchant, now });
  return decideAndWrite(async () => {
    const { settlement: before } = await findSettlement(store, { tenant }, settlementId);
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    const last = lastPayout(before);
    // It was asked for, or proved, a moment ago.
    if (before.state === 'SETTLED' && (last?.state === 'DUE' || found.state === 'MISMATCH')) return { answer: before };
    const next = retryPayout(before, merchant, market, now, false);
    if (!next) throw nothingToRetry(before);
    return { answer: next, write: () => store.replaceSettlement(next, { claim: { ...claim, id: settlementId } }) };
  });
}

type Found = Awaited<ReturnType<typeof findSettlement>>;

async function proveAnew(
  store: SettlementStore,
  { tenant, date, sequence, runId }: Settlement,
  by: Pick<Found, 'merchant'> & Omit<SettlingBy, 'run'>,
): Promise<void> {
  const run = await findRun(store, tenant, runId);
  await settleMerchant(store, by.merchant, { date, sequence }, { ...by, run });
}

function nothingToRetry(settlement: Settlement) {
  const last = lastPayout(settlement);
  const { id: settlementId, netting } = settlement;
  const state = last?.state ?? settlement.state;
  const detail =
    netting && isInNetting(settlement)
      ? `The payout is ${state}; the netting cycle ${netting.cycleId} pays it.`
      : `The payout is ${state}.`;
  return problems['nothing-to-retry'].with({ detail, state, settlementId });
}
