import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { problems } from '../problems.ts';
import type { BankMessage, BankOrder } from './bank-gateway.ts';

/** How orders reach a bank: the sandbox bank, or files of ISO 20022. */
export const channelKinds = ['SANDBOX', 'FILES'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/**
 * A message as it is remembered. BEGUN: it may have gone in part. SENT: it has gone. LOST: the sandbox bank never got it.
 * WITHDRAWN: it never went and never will.
 */
export interface SentMessage {
  readonly tenant: string;
  readonly id: string;
  readonly fingerprint: string;
  readonly state: 'LOST' | 'BEGUN' | 'SENT' | 'WITHDRAWN';
  /** The instant of the hand-over; repetitions go under it too. */
  readonly handedAt: string;
  /** FILES: what the file was written with (JSON), and its NbOfTxs and CtrlSum. */
  readonly terms?: string;
  readonly count: number;
  readonly sum: string;
}

/** An order as it lies at a bank that is reached by files. */
export interface SentOrder {
  readonly id: string;
  readonly messageId: string;
  readonly paymentInformationId: string;
  readonly amount: bigint;
  readonly currency: string;
}

/** The answer to whoever hands over a message that was withdrawn meanwhile. */
export const notTakenSinceWithdrawn = { outcome: 'NOT_TAKEN', text: 'The message was withdrawn.' } as const;

export const ordersPerMessageMax = 10_000;

/** Characters of an id at a bank. */
export const bankIdLengthMax = 35;
const bankId = /^[A-Za-z0-9/\-?:().,'+ ]{1,35}$/;

/** What keeps a message from being handed over at all, in words; nothing where it is sound. */
export function messageFault({ id, orders }: BankMessage): string | undefined {
  if (orders.length === 0) return 'The message holds no order.';
  if (orders.length > ordersPerMessageMax) return `The message holds more than ${ordersPerMessageMax} orders.`;
  const strange = [id, ...orders.map((order) => order.id)].find((one) => !bankId.test(one));
  if (strange !== undefined) return `An id is not 1 to 35 characters of the Latin set: ${strange.slice(0, 40)}.`;
  if (new Set(orders.map((order) => order.id)).size < orders.length) return 'An order stands in the message twice.';
  if (new Set(orders.map(({ railKind }) => railKind)).size > 1) return 'The orders go by different rails.';
  const worthless = orders.find(({ amount }) => amount <= 0n);
  return worthless && `The amount of the order ${worthless.id} is not above zero.`;
}

/** The same for the same message to the same channel, in whatever order its orders stand. */
export function fingerprintOfMessage(channel: ChannelKind, { orders, ...message }: BankMessage): string {
  const sorted = orders.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return digestOf([channel, message, sorted]);
}

export function fingerprintOfOrder(order: BankOrder): string {
  return digestOf(order);
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(plainOf(value)))
    .digest('hex');
}

/** Amounts as text: JSON knows no bigint. */
function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one)));
}

/** @throws Problem `collection/bank-message-differs` */
export function requireSameMessage(held: SentMessage, fingerprint: string): void {
  if (held.fingerprint === fingerprint) return;
  throw messageDiffers(
    held.id,
    `The message ${held.id} was handed over before with other content, on ${held.handedAt}.`,
  );
}

export function messageDiffers(messageId: string, detail: string) {
  return problems['bank-message-differs'].with({ detail, messageId });
}
