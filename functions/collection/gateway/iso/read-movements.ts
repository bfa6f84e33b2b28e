import type { EntryDetail, StatementEntry, StatementHeader } from '../../../../shared/formats/statement-events.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { BankReport } from '../bank-gateway.ts';
import type { SentOrder } from '../sent-message.ts';
import { bankInstant } from './bank-instant.ts';

/** Characters of a bank's text that are kept. */
export const textMax = 500;

/** Money of a booked entry that carries an end-to-end id. */
export interface Movement {
  readonly endToEndId: string;
  readonly state: 'SETTLED' | 'RETURNED';
  /** Above zero. */
  readonly amount: bigint;
  readonly currency: string;
  readonly code?: string;
  readonly text?: string;
  readonly at?: string;
  /** Its place in the file. */
  readonly place: string;
}

/**
 * The movements of an entry that may be collections of ours: a credit is SETTLED; a debit that undoes one, or says why
 * it is returned, is RETURNED. Everything else is a matter of statements only.
 */
export function movementsOf(header: StatementHeader, entry: StatementEntry, statement: number): Movement[] {
  if (entry.status !== 'BOOKED') return [];
  const parts: readonly EntryDetail[] = entry.details.length > 0 ? entry.details : [entry];
  return parts.flatMap((part, index) => {
    const movement = movementOf(header, entry, part);
    return movement ? [{ ...movement, place: `${statement}.${entry.index}.${index + 1}` }] : [];
  });
}

function movementOf(
  { createdAt }: StatementHeader,
  entry: StatementEntry,
  part: EntryDetail,
): Omit<Movement, 'place'> | undefined {
  const { endToEndId, returnReason = entry.references.returnReason } = part.references;
  const amount = part.amount ?? (entry.detailsCount <= 1 ? entry.amount : undefined);
  if (endToEndId === undefined || amount === undefined || amount === 0n) return undefined;
  const undoes = entry.reversal || returnReason !== undefined;
  if (amount > 0n === undoes) return undefined;
  return {
    endToEndId,
    state: undoes ? 'RETURNED' : 'SETTLED',
    amount: undoes ? -amount : amount,
    currency: part.currency ?? entry.currency,
    ...reasonOf(returnReason),
    ...defined({ at: bankInstant(createdAt) ?? bankInstant(entry.bookingDate) }),
  };
}

/** Banks give a code, of ISO 20022 or of their own, or words. */
function reasonOf(reason: string | undefined): Pick<Movement, 'code' | 'text'> {
  if (reason === undefined) return {};
  return /^[A-Za-z0-9]{1,35}$/.test(reason) ? { code: reason } : { text: reason.slice(0, textMax) };
}

/** What movements say of orders that files of ours carried, in their currency; all others are left. */
export function reportsOfMovements(
  movements: readonly Movement[],
  sent: ReadonlyMap<string, SentOrder>,
  { source, readAt }: { readonly source: string; readonly readAt: string },
): BankReport[] {
  return movements.flatMap(({ endToEndId, place, currency, at = readAt, ...said }) => {
    const order = sent.get(endToEndId);
    return order?.currency === currency ? [{ orderId: order.id, ...said, at, source: `${source}#${place}` }] : [];
  });
}
