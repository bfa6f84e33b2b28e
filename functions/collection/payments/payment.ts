import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { placeOf } from '../batches/batch.ts';
import type { BankReport, PartyAccount, PaymentOrder } from '../gateway/bank-gateway.ts';
import { digestOf, idFault, ordersPerMessageMax } from '../gateway/sent-message.ts';
import type { RailKind } from '../routing/rail.ts';

/** One amount that another capability pays through the tenant's bank. */
export interface PaymentAsked {
  /** Its number at the bank for ever: at most 35 characters of the Latin set, unique per tenant. */
  readonly id: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly currency: CurrencyCode;
  readonly payee: PartyAccount;
  /** The day on which the bank is to carry it; a day that is over is today, and the rail may need a later one. */
  readonly businessDate: PlainDate;
  /** For the payee: what it is for. */
  readonly remittance?: string;
  readonly references?: Readonly<Record<string, string>>;
  /** By this kind of rail and no other; else the best that takes it, weighing fee, speed and success. */
  readonly railKind?: RailKind;
}

/** Orders that are paid from one account and sent together. */
export interface PaymentsAsked {
  /** At most 255 characters; the same orders go under the same id, however often they are sent. */
  readonly id: string;
  /** The account at the bank that is debited; the one of the bank channel unless told. */
  readonly account?: PartyAccount;
  readonly orders: readonly PaymentAsked[];
}

/** How a payment goes to the bank, decided once; or why it never does, in words that name the field. */
export type PaymentPlan =
  | { readonly railKind: RailKind; readonly businessDate: PlainDate }
  | { readonly refused: string };

/** A payment as it is remembered: again it goes as it went first. */
export interface Payment {
  readonly tenant: string;
  readonly id: string;
  readonly messageId: string;
  /** Of what was asked. */
  readonly fingerprint: string;
  readonly currency: string;
  readonly plan: PaymentPlan;
}

/**
 * What became of sending one. TAKEN: the bank has it, or has it already. NOT_TAKEN: nothing of it arrived, and nothing ever
 * will under its id. UNKNOWN: it may have arrived; sent again, it goes once.
 */
export type PaymentOutcome =
  | ({ readonly id: string; readonly outcome: 'TAKEN' } & Rail)
  | ({ readonly id: string; readonly outcome: 'UNKNOWN'; readonly text: string } & Rail)
  | { readonly id: string; readonly outcome: 'NOT_TAKEN'; readonly text: string };

/** The rail that was chosen, and the day on which it carries the payment. */
interface Rail {
  readonly railKind: RailKind;
  readonly businessDate: PlainDate;
}

/** What a bank said of a payment. */
export interface PaymentReport extends BankReport {
  readonly currency: string;
}

const messageIdLengthMax = 255;

/** Throws RangeError on what no message of payments is: a fault of the caller's program, and nothing is sent. */
export function requireSound({ id, orders }: PaymentsAsked): void {
  if (id.length < 1 || id.length > messageIdLengthMax) {
    throw new RangeError(`The id of a message of payments has 1 to ${messageIdLengthMax} characters.`);
  }
  if (orders.length < 1 || orders.length > ordersPerMessageMax) {
    throw new RangeError(
      `A message of payments holds 1 to ${ordersPerMessageMax} orders; ${id} holds ${orders.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const order of orders) {
    const fault = orderIdFault(order.id) ?? (seen.has(order.id) ? 'It stands in the message twice.' : undefined);
    if (fault !== undefined) throw new RangeError(`The order ${order.id}: ${fault}`);
    if (order.amount <= 0n) throw new RangeError(`The amount of the order ${order.id} is not above zero.`);
    seen.add(order.id);
  }
}

/** Numbers of collections lead to their blocks: a payment under one would be taken for a collection. */
function orderIdFault(id: string): string | undefined {
  return idFault(id) ?? (placeOf(id) ? 'Its id reads as the number of a collection.' : undefined);
}

export function fingerprintOfAsked(asked: PaymentAsked): string {
  return digestOf(asked);
}

/** The same for the same orders, in whatever order they stand. */
export function fingerprintOfMessage({ orders }: PaymentsAsked): string {
  return digestOf([...orders].sort((one, other) => (one.id < other.id ? -1 : 1)));
}

/** A payment as the bank is told of it. */
export function toBankOrder(
  { id, amount, currency, payee, remittance, references = {} }: PaymentAsked,
  { railKind, businessDate }: Rail,
): PaymentOrder {
  const terms = { id, railKind, amount, currency, counterparty: payee, businessDate, references };
  return remittance === undefined ? terms : { ...terms, remittance };
}
