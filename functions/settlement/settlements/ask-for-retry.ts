import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { isSameFigures } from '../journal/figures.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { PayoutTools } from '../tools.ts';
import { findSettlement } from './find-settlement.ts';
import { isInNetting } from './netted-settlement.ts';
import { ownerDayOf } from './open-days.ts';
import { figuresOfLines } from './prove-lines.ts';
import { readThere } from './read-there.ts';
import { retryPayout } from './retry-payout.ts';
import { type Bill, lastPayout, openBill, type Settlement } from './settlement.ts';

interface RetryTools {
  readonly store: SettlementStore;
  readonly ledger: Pick<PayoutTools['ledger'], 'readAccounts'>;
}

/**
 * Has a settlement paid out again, as far as there is for it by now: under a number of its own what failed or came back, to the account as
 * it is now what was held. One whose lines did not add up is proved anew, and settled where they do; a bill that waits is asked for again.
 * It is done in the background. The same key does it once.
 * Problems: `settlement/settlement-not-found`, `settlement/nothing-to-retry`, `request/idempotency-key-reused`; and those of
 * decideAndWrite.
 */
export async function askForRetry(
  tools: RetryTools,
  tenant: string,
  settlementId: string,
  claim: KeyClaim,
  now: Date,
): Promise<Settlement> {
  const { store } = tools;
  return decideAndWrite(async () => {
    const { settlement: before, merchant } = await findSettlement(store, { tenant }, settlementId);
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    // It was asked for a moment ago.
    const bill = openBill(before);
    if (lastPayout(before)?.state === 'DUE' || (bill && bill.reason === undefined)) {
      return { answer: before, write: () => store.noteKey(tenant, { ...claim, id: settlementId }) };
    }
    const next = bill ? billAgain(before, bill, now) : await triedAgain(tools, before, merchant, now);
    if (!next) throw nothingToRetry(before);
    return { answer: next, write: () => store.replaceSettlement(next, { claim: { ...claim, id: settlementId } }) };
  });
}

/** What did not add up is proved anew, what is not paid is paid; nothing where that cannot be. */
async function triedAgain(tools: RetryTools, before: Settlement, merchant: Merchant, now: Date) {
  if (before.state === 'MISMATCH') return provedAnew(tools.store, before, merchant, now);
  const market = await findMarket(tools.store, before.tenant, before.marketId);
  const byHand = { onlyMended: false } as const;
  if (!retryPayout(before, merchant, market, now, byHand)) return undefined;
  const there = await readThere(tools, market, { settlement: before, merchant }, now);
  const next = retryPayout(before, merchant, market, now, { ...byHand, there });
  if (next) return next;
  const { id: settlementId, state } = before;
  const detail = 'There is nothing for it beside what other days of the merchant lack, or a part of it went today.';
  throw problems['nothing-to-retry'].with({ detail, state: lastPayout(before)?.state ?? state, settlementId });
}

/** As when it was asked for first: it waits for no reason that is known. */
function billAgain(before: Settlement, { attempt }: Bill, now: Date): Settlement {
  return { ...before, bill: { attempt }, revision: before.revision + 1, changedAt: now.toISOString() };
}

/** Nothing where its lines still do not come to its total. */
async function provedAnew(
  store: SettlementStore,
  before: Settlement,
  merchant: Merchant,
  now: Date,
): Promise<Settlement | undefined> {
  const day = ownerDayOf(merchant, before);
  const [[total], proved] = await Promise.all([store.readTotalsOf([day]), figuresOfLines(store, day)]);
  if (!total || !isSameFigures(proved, total.figures)) return undefined;
  const at = now.toISOString();
  return { ...before, revision: before.revision + 1, changedAt: at, provedAt: at };
}

function nothingToRetry(settlement: Settlement) {
  const last = lastPayout(settlement);
  const { id: settlementId, netting } = settlement;
  const state = last?.state ?? settlement.state;
  const paidBy = netting && isInNetting(settlement) ? `; the netting cycle ${netting.cycleId} pays it` : '';
  const detail = last ? `The payout is ${state}${paidBy}.` : withoutPayout(settlement);
  return problems['nothing-to-retry'].with({ detail, state, settlementId });
}

function withoutPayout({ state }: Settlement): string {
  if (state === 'MISMATCH') return 'Its lines do not come to its total still, so nothing of it is paid.';
  return 'It has no payout: the day came to nothing, or below.';
}
