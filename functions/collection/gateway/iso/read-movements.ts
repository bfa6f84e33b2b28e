import { businessDateOf } from '../../../../shared/calendar/plain-date.ts';
import { detached } from '../../../../shared/formats/detached.ts';
import type {
  BeforeCharges,
  EntryDetail,
  StatementEntry,
  StatementHeader,
} from '../../../../shared/formats/statement-events.ts';
import { formatAmount } from '../../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../../shared/money/currency.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { BankEntry, BankReport } from '../bank-gateway.ts';
import type { SentOrder } from '../sent-message.ts';
import { bankInstant } from './bank-instant.ts';
import { asItStands, beforeCharges, isBeforeCharges, type Moved } from './before-charges.ts';
import { FileRefused } from './file-refused.ts';

/** Characters of a bank's text that are kept. */
export const textMax = 500;

/** Money of a booked entry that carries an end-to-end id. */
export interface Movement {
  readonly endToEndId: string;
  /** Before the bank's charges, signed: what came to our account is above zero. */
  readonly amount: bigint;
  /** The charges, where they are told. */
  readonly fee?: bigint;
  readonly currency: string;
  /** What the bank calls the entry and its transaction; none where it says nothing. */
  readonly references: readonly string[];
  /** Which of the two that is, where it says one only. */
  readonly by?: BankEntry['by'];
  /** It undoes an earlier movement, or says why it is returned. */
  readonly undoes: boolean;
  readonly code?: string;
  readonly text?: string;
  readonly at?: string;
  /** Its place in the file. */
  readonly place: string;
  /** Why the entry that it is in does not add up. */
  readonly misfit?: string;
}

/**
 * The movements of an entry that may be orders of ours; everything else is a matter of statements only. They hold on to none
 * of the text that they were read from.
 */
export function movementsOf(header: StatementHeader, entry: StatementEntry, statement: number): Movement[] {
  if (entry.status !== 'BOOKED') return [];
  const parts: readonly EntryDetail[] = entry.details.length > 0 ? entry.details : [entry];
  const misfit = misfitOf(entry);
  return parts.flatMap((part, index) => {
    const movement = movementOf(header, entry, part);
    const place = `${statement}.${entry.index}.${index + 1}`;
    if (!movement) return [];
    const { amount, fee, ...texts } = movement;
    return [{ amount, ...detached({ ...texts, place, ...defined({ misfit }) }), ...defined({ fee }) }];
  });
}

/** Why the transactions of an entry are not what it says of them, in words; nothing where they fit, or are not listed. */
function misfitOf(entry: StatementEntry): string | undefined {
  const { details, detailsDifference, declaredDetailsCount = details.length } = entry;
  if (details.length === 0) return undefined;
  if (declaredDetailsCount !== details.length) {
    return `The entry ${entry.index} says ${declaredDetailsCount} transactions and lists ${details.length}.`;
  }
  if (detailsDifference === undefined || isBeforeCharges(entry)) return undefined;
  const show = (minor: bigint) => formatAmount(minor, entry.currency as CurrencyCode);
  const total = show(entry.amount + detailsDifference);
  return `The entry ${entry.index} says ${show(entry.amount)} and its transactions add up to ${total}.`;
}

function movementOf(
  { createdAt }: StatementHeader,
  entry: StatementEntry,
  part: EntryDetail,
): Omit<Movement, 'place'> | undefined {
  const { endToEndId, returnReason = entry.references.returnReason } = part.references;
  const amount = part.amount ?? (entry.detailsCount <= 1 ? entry.amount : undefined);
  if (endToEndId === undefined || amount === undefined || amount === 0n) return undefined;
  return {
    endToEndId,
    ...movedBy(entry, part, amount),
    currency: part.currency ?? entry.currency,
    ...referencesOf(entry, part),
    undoes: entry.reversal || returnReason !== undefined,
    ...reasonOf(returnReason),
    ...defined({ at: bookedInstant(createdAt, entry) }),
  };
}

function referencesOf(
  { bankReference: ofEntry }: StatementEntry,
  { references: { accountServicerReference: ofTransaction } }: EntryDetail,
): Pick<Movement, 'references' | 'by'> {
  const references = [...new Set([ofEntry, ofTransaction].flatMap((name) => name ?? []))];
  const isBoth = (ofEntry === undefined) === (ofTransaction === undefined);
  return { references, ...(!isBoth && { by: ofEntry === undefined ? 'TRANSACTION' : 'ENTRY' }) };
}

/**
 * When an entry was booked: on its booking date, at the time that stands with it. Where there is none, the file may tell the
 * hour, if it was made on that day in Shanghai; one made later tells nothing of it.
 */
function bookedInstant(createdAt: string | undefined, { bookingDate, bookedAt }: StatementEntry): string | undefined {
  const created = bankInstant(createdAt);
  const isOfDay = created !== undefined && businessDateOf(new Date(created)) === bookingDate;
  return bankInstant(bookedAt) ?? (bookingDate === undefined || isOfDay ? created : bankInstant(bookingDate));
}

/** What an entry of one transaction says of charges, it says of that. */
function movedBy(entry: StatementEntry, part: EntryDetail, amount: bigint): Moved {
  const told = entry.detailsCount <= 1 ? { ...beforeOf(entry), ...beforeOf(part) } : part;
  return isBeforeCharges(entry) ? asItStands(amount, told) : beforeCharges(amount, told);
}

function beforeOf({ instructedAmount, charges }: BeforeCharges): BeforeCharges {
  return defined({ instructedAmount, charges });
}

/** Banks give a code, of ISO 20022 or of their own, or words. */
function reasonOf(reason: string | undefined): Pick<Movement, 'code' | 'text'> {
  if (reason === undefined) return {};
  return /^[A-Za-z0-9]{1,35}$/.test(reason) ? { code: reason } : { text: reason.slice(0, textMax) };
}

/**
 * What movements say of orders that files of ours carried, in their currency; all others are left. What a file says of an
 * order in one state, in however many pieces, is one report.
 *
 * @throws FileRefused totals-do-not-fit, where one of them is in an entry that does not add up
 */
export function reportsOfMovements(
  movements: readonly Movement[],
  sent: ReadonlyMap<string, SentOrder>,
  { source, readAt }: { readonly source: string; readonly readAt: string },
): BankReport[] {
  const reports = movements.flatMap((movement): BankReport[] => {
    const { endToEndId, place, currency, undoes, amount, misfit, fee, references, by, at = readAt, ...said } = movement;
    const order = sent.get(endToEndId);
    if (order && misfit !== undefined) throw new FileRefused('totals-do-not-fit', misfit);
    const state = order?.currency === currency ? stateOf(order, amount, undoes) : undefined;
    if (!order || !state) return [];
    const moved = amount < 0n ? -amount : amount;
    const charged = state === 'SETTLED' ? defined({ fee }) : {};
    const named = references.length > 0 ? { entries: [{ references, ...defined({ by }), amount: moved }] } : {};
    const report = { orderId: order.id, state, amount: moved, ...named, ...charged, ...said };
    return [{ ...report, at, source: `${source}#${place}` }];
  });
  const ofOneState = Map.groupBy(reports, ({ orderId, state }) => `${orderId} ${state}`);
  return [...ofOneState.values()].flatMap(([first, ...more]) => (first ? [more.reduce(addedUp, first)] : []));
}

/** Two pieces as one, at the later of their times. */
function addedUp(one: BankReport, other: BankReport): BankReport {
  const amount = (one.amount ?? 0n) + (other.amount ?? 0n);
  const fee = (one.fee ?? 0n) + (other.fee ?? 0n);
  const at = one.at > other.at ? one.at : other.at;
  const entries = (other.entries ?? []).reduce(withPiece, one.entries ?? []);
  return { ...other, ...one, amount, at, ...(entries.length > 0 && { entries }), ...(fee > 0n && { fee }) };
}

/** Pieces of one file under one reference are of one entry. */
function withPiece(entries: readonly BankEntry[], piece: BankEntry): BankEntry[] {
  const known = entries.find(({ references }) => references.some((name) => piece.references.includes(name)));
  if (!known) return [...entries, piece];
  const references = [...new Set([...known.references, ...piece.references])];
  const by = known.by === piece.by ? known.by : undefined;
  const amount = known.amount + piece.amount;
  return entries.map((one) => (one === known ? { references, ...defined({ by }), amount } : one));
}

/**
 * Money that moves the way of the order is SETTLED; the other way, and undoing something, it is RETURNED. What undoes and
 * moves the way of the order, or neither, is of something else.
 */
function stateOf({ direction }: SentOrder, amount: bigint, undoes: boolean): 'SETTLED' | 'RETURNED' | undefined {
  const isItsWay = amount > 0n === (direction === 'COLLECT');
  if (isItsWay === undoes) return undefined;
  return undoes ? 'RETURNED' : 'SETTLED';
}
