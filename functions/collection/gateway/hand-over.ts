import type { CollectionStore } from '../store.ts';
import type { BankAdapter } from './bank-adapter.ts';
import type { BankMessage, Handover } from './bank-gateway.ts';
import {
  type ChannelKind,
  fingerprintOfOrders,
  idFault,
  messageFault,
  requireSameOrders,
  type SentMessage,
} from './sent-message.ts';

export type SentMessages = Pick<CollectionStore, 'readBankMessage' | 'claimBankMessage'>;
export type Adapters = Readonly<Record<ChannelKind, BankAdapter>>;

/**
 * Hands a message over by a channel. The first who does claims its id with all that it is sent with; everybody after goes
 * by what was claimed. That nothing was taken, or that it was withdrawn, claims the id as well, so that it stays so.
 */
export async function handOver(
  store: SentMessages,
  adapters: Adapters,
  channel: ChannelKind,
  message: BankMessage,
  now: Date,
): Promise<Handover> {
  const text = idFault(message.id);
  if (text !== undefined) return { outcome: 'NOT_TAKEN', text };
  const known = await store.readBankMessage(message.tenant, message.id);
  const { sent, isFirst } = known
    ? { sent: known, isFirst: false }
    : await claim(store, await draftOf(adapters[channel], channel, message, now));
  if (sent.state === 'NOT_TAKEN' || sent.state === 'WITHDRAWN') return outcomeOf(sent);
  requireSameOrders(sent, message);
  if (sent.state === 'SENT') return outcomeOf(sent);
  return await adapters[sent.channel].send({ ...message, account: sent.account }, sent, isFirst, now);
}

/** Sees to it that a message never goes, where nobody has begun to hand it over; answers what has become of it. */
export async function withdraw(
  store: SentMessages,
  channel: ChannelKind,
  message: BankMessage,
  now: Date,
): Promise<Handover> {
  const never = { state: 'WITHDRAWN', text: 'The message was withdrawn.' } as const;
  return outcomeOf((await claim(store, { ...draft(channel, message, now), ...never, sum: '' })).sent);
}

async function draftOf(
  adapter: BankAdapter,
  channel: ChannelKind,
  message: BankMessage,
  now: Date,
): Promise<SentMessage> {
  const asked = draft(channel, message, now);
  const text = messageFault(message);
  if (text !== undefined) return { ...asked, state: 'NOT_TAKEN', text, sum: '' };
  return { ...asked, sum: '', ...(await adapter.begin(message, asked.handedAt)) };
}

function draft(channel: ChannelKind, message: BankMessage, now: Date) {
  const { tenant, id, account, orders } = message;
  const fingerprint = fingerprintOfOrders(message);
  return { tenant, id, fingerprint, handedAt: now.toISOString(), channel, account, count: orders.length };
}

/** Remembers a message where none has its id; else what is remembered already. */
async function claim(store: SentMessages, asked: SentMessage) {
  if (await store.claimBankMessage(asked)) return { sent: asked, isFirst: true };
  const sent = await store.readBankMessage(asked.tenant, asked.id);
  if (!sent) throw new Error(`The message ${asked.id} was there and is not.`);
  return { sent, isFirst: false };
}

function outcomeOf({ state, text = '' }: SentMessage): Handover {
  if (state === 'SENT') return { outcome: 'TAKEN' };
  if (state === 'NOT_TAKEN' || state === 'WITHDRAWN') return { outcome: state, text };
  return { outcome: 'UNKNOWN', text: 'The hand-over has begun.' };
}
