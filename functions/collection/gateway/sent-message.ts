import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { problems } from '../problems.ts';
import type { BankMessage, BankOrder, Direction, PartyAccount } from './bank-gateway.ts';

/** How orders reach a bank: the sandbox bank, or files of ISO 20022. */
export const channelKinds = ['SANDBOX', 'FILES'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/**
 * A message as it is remembered, with all that it is sent with: again it goes the same, whatever has changed since. BEGUN:
 * nothing of it has gone yet. LOST: it was handed over, and the sandbox bank never got it. WRITING: it may have gone, whole
 * or in part. SENT: it has gone. NOT_TAKEN, by the bank or the rail, and WITHDRAWN, by us: nothing of it went, and nothing
 * ever will. Nothing goes but of what was moved to WRITING first, and only what has not gone yet is withdrawn: of two who
 * meet, the table lets one.
 */
export interface SentMessage {
  readonly tenant: string;
  readonly id: string;
  /** Of the orders. */
  readonly fingerprint: string;
  readonly state: 'BEGUN' | 'LOST' | 'WRITING' | 'SENT' | 'NOT_TAKEN' | 'WITHDRAWN';
  /** How often its state was moved on. */
  readonly moves: number;
  /** The instant of the hand-over; repetitions go under it too. */
  readonly handedAt: string;
  readonly channel: ChannelKind;
  /** Our account. */
  readonly account: PartyAccount;
  /** FILES: what else the file is written with (JSON), and its NbOfTxs and CtrlSum. */
  readonly terms?: string;
  readonly count: number;
  readonly sum: string;
  /** NOT_TAKEN, WITHDRAWN: why. */
  readonly text?: string;
}

/** An order as it lies at a bank that is reached by files. */
export interface SentOrder {
  readonly id: string;
  readonly direction: Direction;
  readonly messageId: string;
  readonly paymentInformationId: string;
  readonly amount: bigint;
  readonly currency: string;
}

export const ordersPerMessageMax = 10_000;

/** Characters of an id at a bank. */
export const bankIdLengthMax = 35;
const bankId = /^[A-Za-z0-9/\-?:().,'+ ]{1,35}$/;

/** What keeps an id from going to a bank, in words. */
export function idFault(id: string): string | undefined {
  return bankId.test(id) ? undefined : `An id is not 1 to 35 characters of the Latin set: ${id.slice(0, 40)}.`;
}

/** What keeps a message from being handed over at all, in words; nothing where it is sound. */
export function messageFault({ orders }: BankMessage): string | undefined {
  if (orders.length === 0) return 'The message holds no order.';
  if (orders.length > ordersPerMessageMax) return `The message holds more than ${ordersPerMessageMax} orders.`;
  const strange = orders.map(({ id }) => idFault(id)).find((fault) => fault !== undefined);
  if (strange !== undefined) return strange;
  if (new Set(orders.map(({ id }) => id)).size < orders.length) return 'An order stands in the message twice.';
  if (new Set(orders.map(({ railKind }) => railKind)).size > 1) return 'The orders go by different rails.';
  const worthless = orders.find(({ amount }) => amount <= 0n);
  return worthless && `The amount of the order ${worthless.id} is not above zero.`;
}

/** The same for the same orders in the same direction, in whatever order they stand. */
export function fingerprintOfOrders({ direction, orders }: BankMessage): string {
  return digestOf([direction, [...orders].sort((one, other) => (one.id < other.id ? -1 : 1))]);
}

export function fingerprintOfOrder(order: BankOrder): string {
  return digestOf(order);
}

/** SHA-256 over canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(plainOf(value)))
    .digest('hex');
}

/** Amounts as text: JSON knows no bigint. */
function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one)));
}

/** @throws Problem `collection/bank-message-differs` */
export function requireSameOrders(held: SentMessage, message: BankMessage): void {
  if (held.fingerprint === fingerprintOfOrders(message)) return;
  throw messageDiffers(
    held.id,
    `The message ${held.id} was handed over before with other orders, on ${held.handedAt}.`,
  );
}

export function messageDiffers(messageId: string, detail: string) {
  return problems['bank-message-differs'].with({ detail, messageId });
}
