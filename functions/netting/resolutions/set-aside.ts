import { isExcluded } from '../queued-payments/check-payment.ts';
import type { QueueEntry } from '../queued-payments/kept-payment.ts';
import type { Pair } from '../terms/netting-terms.ts';
import type { Party } from '../terms/parties.ts';
import type { WaitingLine, WaitReason } from './resolution-lines.ts';
import type { UsableAccounts } from './usable-accounts.ts';

export interface SetAside {
  /** What may settle, in the order of the queue. */
  readonly kept: readonly QueueEntry[];
  readonly aside: readonly WaitingLine[];
}

/**
 * Sets aside what cannot settle whatever the balances are, and, as those of a payer settle in their order, what comes behind it.
 * `idOf` names a payment.
 */
export function setAside(
  entries: readonly QueueEntry[],
  { cannotPay, cannotBePaid }: Pick<UsableAccounts, 'cannotPay' | 'cannotBePaid'>,
  excludedPairs: readonly Pair[],
  idOf: (entry: QueueEntry) => string,
): SetAside {
  const firstAside = new Map<Party, string>();
  const kept: QueueEntry[] = [];
  const aside: WaitingLine[] = [];
  for (const entry of entries) {
    const { payer, payee } = entry;
    const before = firstAside.get(payer);
    const reasons: WaitReason[] =
      before === undefined
        ? [
            ...accountReason(payer, cannotPay),
            ...accountReason(payee, cannotBePaid),
            ...(isExcluded(payer, payee, excludedPairs) ? [{ code: 'EXCLUDED_PAIR' } as const] : []),
          ]
        : [{ code: 'BEHIND', payment: before }];
    if (reasons.length === 0) {
      kept.push(entry);
    } else {
      if (before === undefined) firstAside.set(payer, idOf(entry));
      aside.push({ ...entry, reasons });
    }
  }
  return { kept, aside };
}

function accountReason(participant: Party, faults: ReadonlyMap<Party, string>): WaitReason[] {
  const detail = faults.get(participant);
  return detail === undefined ? [] : [{ code: 'ACCOUNT', participant, detail }];
}
