import type * as z from 'zod';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type ReturnedCredit, restOf, returnedState } from './returned-credit.ts';
import type { returnedOut } from './returned-shapes.ts';

/** A returned credit as the API shows it; numbers are masked. */
export function presentReturned(returned: ReturnedCredit): z.input<typeof returnedOut> {
  const { id, legalEntity, currency, accountId, bookedOn, payer, texts, references, waits } = returned;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    id,
    state: returnedState(returned),
    ...defined({ reason: waits?.reason, since: waits?.since, dismissed: returned.dismissed }),
    candidates: [...(waits?.candidates ?? [])],
    ...{ legalEntity, accountId, bookedOn },
    amount: show(returned.amount),
    rest: show(restOf(returned)),
    payer: defined({ name: payer.name, account: payer.account }),
    texts: [...texts],
    references: { ...references },
    bankReferences: [...returned.bankReferences],
    entryIds: [...returned.entryIds],
    receipts: returned.parts.map(({ receiptId, amount }) => ({ receiptId, amount: show(amount) })),
    version: returned.revision,
    createdAt: returned.createdAt,
    changedAt: returned.changedAt,
  };
}
