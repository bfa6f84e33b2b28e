import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { isFinal, isRemembered, NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import type { Market } from '../markets/market.ts';
import type { PayoutTools } from '../tools.ts';
import { withAskAt } from './ask-at.ts';
import type { DuePayout } from './book-payouts.ts';
import { type Bill, openBill } from './settlement.ts';
import { settlementTransfer } from './settlement-transfer.ts';

type BillTools = Pick<PayoutTools, 'store' | 'ledger'>;

/**
 * The market gives what a day lacked that it bills to the merchant, off its own, once however often it is asked for. Where that has
 * not as much, it waits and is asked for again: what is owed to others is never given. Nothing where nothing is billed. Throws
 * NotAnsweredError where the ledger could not say, and those of decideAndWrite.
 */
export async function bookBill(tools: BillTools, market: Market, of: DuePayout, now: Date): Promise<void> {
  const { settlement, payableAccountId } = of;
  const { tenant, id, billed } = settlement;
  const bill = openBill(settlement);
  if (!bill) return;
  const { attempt } = bill;
  const move = { from: market.accounts.own, to: payableAccountId, amount: billed };
  const order = {
    ...settlementTransfer(settlement, ['billed', id, String(attempt)], move, '差额账单 Shortfall billed'),
    guards: [{ accountId: move.from, freeMin: 0n }],
  };
  const [result] = await tools.ledger.postTransfers(tenant, [order], now);
  if (!result || (result.outcome === 'REFUSED' && !isFinal(result.problem))) {
    throw new NotAnsweredError('The ledger could not book a bill at the moment.');
  }
  const next: Bill =
    result.outcome === 'POSTED'
      ? { attempt, isBooked: true }
      : { attempt: attempt + (isRemembered(result.problem) ? 1 : 0), reason: result.problem.fields.detail };
  await changeBill(tools, of, bill, next, now);
}

/** Only over what was read: who asked under the same number has heard the same. */
async function changeBill({ store }: BillTools, { settlement }: DuePayout, bill: Bill, next: Bill, now: Date) {
  await decideAndWrite(async () => {
    const before = await store.readSettlement(settlement);
    if (!before || openBill(before)?.attempt !== bill.attempt) return { answer: undefined };
    const changed = { ...before, bill: next, revision: before.revision + 1, changedAt: now.toISOString() };
    return { answer: undefined, write: () => store.replaceSettlement(withAskAt(changed, now)) };
  });
}
