import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import { findMerchant } from '../merchants/keep-merchant.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { withAskAt } from './ask-at.ts';
import { bookBack } from './book-outcomes.ts';
import { payOut } from './pay-out.ts';
import { retryPayout } from './retry-payout.ts';
import { sendMessage } from './send-payouts.ts';
import { lastPayout, type Settlement } from './settlement.ts';
import { takeReport } from './take-report.ts';

const settlementsPerPage = 100;

/**
 * Looks at payouts that are open and due to be looked at: what was held is paid where the merchant is active again, what failed
 * where its account was mended, what waits for funds is asked for again; what may have reached the bank is handed over again as
 * the same message, and of what it has, the bank is asked. Answers what failed; the others stand.
 */
export async function reconsiderPayouts(tools: PayoutTools, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  const { store } = tools;
  for (let group = 0; group < store.openSettlementGroups; group++) {
    let after: string | undefined;
    do {
      const page = await store.listOpenSettlements(group, now.toISOString(), after, settlementsPerPage);
      for (const settlement of page.settlements) {
        try {
          await reconsider(tools, settlement, now);
        } catch (error) {
          failures.push(error);
          const { tenant, id: settlementId } = settlement;
          writeLog({
            level: 'ERROR',
            message: 'payout not looked at',
            tenant,
            settlementId,
            error: describeError(error),
          });
        }
      }
      after = page.next;
    } while (after !== undefined);
  }
  return failures;
}

async function reconsider(tools: PayoutTools, settlement: Settlement, now: Date): Promise<void> {
  const { tenant, marketId, merchantId } = settlement;
  const last = lastPayout(settlement);
  if (!last) return;
  const market = await findMarket(tools.store, tenant, marketId);
  const merchant = await findMerchant(tools.store, { tenant }, merchantId);
  await lookLater(tools, settlement, now);
  const { payableAccountId } = merchant;
  // Noted first: who noted it may have been killed before it was booked.
  for (const line of settlement.payouts) {
    await bookBack(tools, market, { settlement, payableAccountId }, line, now);
  }
  switch (last.state) {
    case 'SENDING':
    case 'UNCERTAIN':
      if (last.messageId !== undefined) await keptAndSent(tools, market, settlement, last.messageId, now);
      return;
    case 'SENT':
      for (const { orderId, ...report } of await tools.bank.queryPayments(tenant, [last.id], now)) {
        await takeReport(tools, tenant, orderId, report, now);
      }
      return;
    default:
      await payAgain(tools, { market, merchant }, settlement, now);
  }
}

/** It was booked before it was kept of which message it is, where that is its own. */
async function keptAndSent(
  tools: PayoutTools,
  market: Market,
  { tenant, merchantId, date, sequence, payouts }: Settlement,
  messageId: string,
  now: Date,
): Promise<void> {
  const payoutId = payouts.at(-1)?.id;
  if (payoutId === messageId)
    await tools.store.keepMessage(tenant, messageId, [{ tenant, merchantId, date, sequence, payoutId }]);
  await sendMessage(tools, market, messageId, now);
}

async function payAgain(
  tools: PayoutTools,
  { market, merchant }: { readonly market: Market; readonly merchant: Merchant },
  { tenant, merchantId, date, sequence }: Settlement,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const settlement = await decideAndWrite(async () => {
    const before = await store.readSettlement({ tenant, merchantId, date, sequence });
    const next = before && retryPayout(before, merchant, market, now, true);
    return next ? { answer: next, write: () => store.replaceSettlement(next) } : { answer: before };
  });
  const last = settlement && lastPayout(settlement);
  if (!settlement || last?.state !== 'DUE') return;
  await payOut(tools, market, [{ settlement, payableAccountId: merchant.payableAccountId }], last.id, now);
}

/** What stays open is looked at again later; one that fails does not stand in the way of the others. */
async function lookLater({ store }: PayoutTools, settlement: Settlement, now: Date): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readSettlement(settlement);
    if (!before || before.askAt !== settlement.askAt) return { answer: undefined };
    const next = withAskAt({ ...before, revision: before.revision + 1, changedAt: now.toISOString() }, now);
    return { answer: undefined, write: () => store.replaceSettlement(next) };
  });
}
