import type { CollectionStore } from '../store.ts';
import type { BankAdapter } from './bank-adapter.ts';
import type { BankMessage, Handover } from './bank-gateway.ts';
import { keepBack, neverGoes, outcomeOf, requireMessage } from './move-message.ts';
import {
  type ChannelKind,
  fingerprintOfOrders,
  idFault,
  messageFault,
  requireSameOrders,
  type SentMessage,
} from './sent-message.ts';

export type SentMessages = Pick<CollectionStore, 'readBankMessage' | 'claimBankMessage' | 'moveBankMessage'>;
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
  if (neverGoes(sent)) return outcomeOf(sent);
  requireSameOrders(sent, message);
  if (sent.state === 'SENT') return outcomeOf(sent);
  return await adapters[sent.channel].send({ ...message, account: sent.account }, sent, isFirst, now);
}

/** Sees to it that a message never goes, where nothing of it can have gone yet; answers what has become of it. */
export async function withdraw(
  store: SentMessages,
  channel: ChannelKind,
  message: BankMessage,
  now: Date,
): Promise<Handover> {
  const text = 'The message was withdrawn.';
  const never = { ...draft(channel, message, now), state: 'WITHDRAWN', text, sum: '' } as const;
  const { sent } = await claim(store, never);
  return outcomeOf(await keepBack(store, sent, text));
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
  return { tenant, id, fingerprint, moves: 0, handedAt: now.toISOString(), channel, account, count: orders.length };
}

/** Remembers a message where none has its id; else what is remembered already. */
async function claim(store: SentMessages, asked: SentMessage) {
  if (await store.claimBankMessage(asked)) return { sent: asked, isFirst: true };
  return { sent: await requireMessage(store, asked), isFirst: false };
}
