import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { findMarket } from '../markets/keep-market.ts';
import { findMerchant } from '../merchants/keep-merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { withAskAt } from './ask-at.ts';
import { bookBill } from './book-bill.ts';
import { bookBack } from './book-outcomes.ts';
import { changePayout } from './change-payout.ts';
import { payOut } from './pay-out.ts';
import { readThere } from './read-there.ts';
import { retryPayout } from './retry-payout.ts';
import { sendMessage } from './send-payouts.ts';
import {
  lastPayout,
  openBill,
  openPayout,
  type PayoutLine,
  type Settlement,
  type SettlementRef,
} from './settlement.ts';

/** A payout that the bank has. */
interface SentPayout {
  readonly tenant: string;
  readonly id: string;
}

/**
 * Looks at a settlement of which something is open, where it is due still: books what is noted and was not booked, pays what can be
 * paid by now, and hands over again what may not have reached the bank, each message once of those in `handedOver`. Answers that of
 * which the bank is to be asked. Throws what the ledger, the bank channel and the store throw.
 */
export async function lookAtPayout(
  tools: PayoutTools,
  found: SettlementRef,
  handedOver: Set<string>,
  now: Date,
): Promise<SentPayout[]> {
  const settlement = await lookLater(tools, found, now);
  if (!settlement) return [];
  const { tenant } = settlement;
  await bookUnbooked(tools, settlement, now);
  const open = openPayout(settlement);
  if (!open) return [];
  switch (open.state) {
    case 'SENDING':
    case 'UNCERTAIN':
      await handOver(tools, settlement, open, handedOver, now);
      return [];
    case 'SENT':
      return [{ tenant, id: open.id }];
    default:
      await payAgain(tools, settlement, now);
      return [];
  }
}

/** What stays open is looked at again later, whatever comes of it now. The index may lag: nothing where it is not due. */
async function lookLater({ store }: PayoutTools, ref: SettlementRef, now: Date): Promise<Settlement | undefined> {
  return decideAndWrite<Settlement | undefined>(async () => {
    const before = await store.readSettlement(ref);
    if (before?.askAt === undefined || before.askAt > now.toISOString()) return { answer: undefined };
    const next = withAskAt({ ...before, revision: before.revision + 1, changedAt: now.toISOString() }, now);
    return { answer: next, write: () => store.replaceSettlement(next) };
  });
}

/** Noted first: who noted it may have been killed before it was booked. */
async function bookUnbooked(tools: PayoutTools, settlement: Settlement, now: Date): Promise<void> {
  const { tenant, marketId, merchantId, payouts } = settlement;
  const unbooked = payouts.filter(({ isUnbooked }) => isUnbooked);
  if (unbooked.length === 0 && !openBill(settlement)) return;
  const market = await findMarket(tools.store, tenant, marketId);
  const { payableAccountId } = await findMerchant(tools.store, { tenant }, merchantId);
  const of = { settlement, payableAccountId };
  await bookBill(tools, market, of, now);
  for (const line of unbooked) await bookBack(tools, market, of, line, now);
}

/**
 * The message that a payout is of; one that is its own may be kept only now. Which payouts another is of was said once and for all: a
 * payout that was booked for one and is not among them goes by itself, since no bank was told of it.
 */
async function handOver(
  tools: PayoutTools,
  { tenant, marketId, merchantId, date, sequence }: Settlement,
  { id: payoutId, messageId }: PayoutLine,
  handedOver: Set<string>,
  now: Date,
): Promise<void> {
  if (messageId === undefined) return;
  const name = `${tenant} ${messageId}`;
  const market = await findMarket(tools.store, tenant, marketId);
  const own = { tenant, merchantId, date, sequence, payoutId };
  if (payoutId === messageId) await tools.store.keepMessage(tenant, messageId, [own]);
  const kept = await tools.store.readMessage(tenant, messageId);
  if (kept.some((one) => one.payoutId === payoutId)) {
    if (handedOver.has(name)) return;
    handedOver.add(name);
    return sendMessage(tools, market, messageId, now);
  }
  const inOwn = ({ state, messageId: as }: PayoutLine) =>
    state === 'SENDING' && as === messageId ? { state, messageId: payoutId } : undefined;
  await changePayout(tools.store, own, payoutId, inOwn, now);
  await tools.store.keepMessage(tenant, payoutId, [own]);
  await sendMessage(tools, market, payoutId, now);
}

async function payAgain(tools: PayoutTools, ref: Settlement, now: Date): Promise<void> {
  const { store } = tools;
  const { tenant, marketId, merchantId } = ref;
  const market = await findMarket(store, tenant, marketId);
  const merchant = await findMerchant(store, { tenant }, merchantId);
  const mended = { onlyMended: true } as const;
  const isTried = retryPayout(ref, merchant, market, now, mended) !== undefined;
  const there = isTried ? await readThere(tools, market, { settlement: ref, merchant }, now) : 0n;
  const settlement = await decideAndWrite(async () => {
    const before = await store.readSettlement(ref);
    const next = before && retryPayout(before, merchant, market, now, { ...mended, there });
    return next ? { answer: next, write: () => store.replaceSettlement(next) } : { answer: before };
  });
  const last = settlement && lastPayout(settlement);
  if (!settlement || last?.state !== 'DUE') return;
  await payOut(tools, market, [{ settlement, payableAccountId: merchant.payableAccountId }], last.id, now);
}
