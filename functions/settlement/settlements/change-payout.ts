import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { SettlementStore } from '../store.ts';
import { withAskAt } from './ask-at.ts';
import { backOf } from './payout-after-report.ts';
import { withSettled } from './settled-back.ts';
import type { PayoutLine, Settlement, SettlementRef } from './settlement.ts';

type Store = Pick<SettlementStore, 'readSettlement' | 'replaceSettlement'>;
export type PayoutChange = Partial<Omit<PayoutLine, 'id' | 'amount' | 'attempt'>> & { readonly attempt?: number };

/**
 * Changes a line of a settlement's payouts as it then stands; nothing where `change` says so. Answers the settlement as it is
 * afterwards. Throws those of decideAndWrite.
 */
export async function changePayout(
  store: Store,
  ref: SettlementRef,
  payoutId: string,
  change: (line: PayoutLine, settlement: Settlement) => PayoutChange | undefined,
  now: Date,
): Promise<Settlement> {
  return decideAndWrite(async () => {
    const before = await store.readSettlement(ref);
    const line = before?.payouts.find(({ id }) => id === payoutId);
    if (!before || !line) throw new Error(`There is no payout ${payoutId}.`);
    const changes = change(line, before);
    if (!changes) return { answer: before };
    const changedAt = now.toISOString();
    const { reason: _, ...rest } = line;
    const next = toBeBooked(line, { ...rest, ...changes, changedAt });
    const changed = (to: PayoutLine): Settlement => {
      const payouts = before.payouts.map((one) => (one === line ? to : one));
      return { ...before, payouts, revision: before.revision + 1, changedAt };
    };
    const after = withAskAt(changed(withSettled(before, changed(next), next)), now);
    return { answer: after, write: () => store.replaceSettlement(after) };
  });
}

/** What did not go or comes back is to be booked: but for what never was on its way, since the ledger refused it. */
function toBeBooked(before: PayoutLine, after: PayoutLine): PayoutLine {
  const isBack = after.messageId !== undefined && backOf(after) > backOf(before);
  return isBack ? { ...after, isUnbooked: true } : after;
}
