import type { CollectionStore } from '../store.ts';
import type { Handover } from './bank-gateway.ts';
import type { SentMessage } from './sent-message.ts';

type SentMessages = Pick<CollectionStore, 'readBankMessage' | 'moveBankMessage'>;

/** Of these nothing has gone. */
const kept: ReadonlySet<SentMessage['state']> = new Set(['BEGUN', 'LOST']);
/** Others who move the same message on meanwhile, at most. */
const triesMax = 20;

/**
 * Moves a message to WRITING, before anything of it goes; what stands, where it is to go no more. `isAlone`: nobody else has
 * written of it, nor does as long as it is not moved again. A lost message counts as handed over from now on.
 */
export async function startWriting(store: SentMessages, asked: SentMessage, now: Date) {
  let sent = asked;
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const isAlone = kept.has(sent.state);
    if (!isAlone && sent.state !== 'WRITING') return { sent, isAlone };
    const handedAt = sent.state === 'LOST' ? now.toISOString() : sent.handedAt;
    const moved = await store.moveBankMessage(sent, { state: 'WRITING', handedAt });
    if (moved) return { sent: moved, isAlone };
    sent = await requireMessage(store, sent);
  }
  throw new Error(`Others are handing the message ${asked.id} over.`);
}

/** Withdraws a message of which nothing has gone; else what stands. */
export async function keepBack(store: SentMessages, asked: SentMessage, text: string): Promise<SentMessage> {
  let sent = asked;
  for (let attempt = 1; attempt <= triesMax && kept.has(sent.state); attempt++) {
    const moved = await store.moveBankMessage(sent, { state: 'WITHDRAWN', text });
    if (moved) return moved;
    sent = await requireMessage(store, sent);
  }
  return sent;
}

/** A message that is remembered: it does not go away. */
export async function requireMessage(
  store: Pick<SentMessages, 'readBankMessage'>,
  { tenant, id }: Pick<SentMessage, 'tenant' | 'id'>,
): Promise<SentMessage> {
  const sent = await store.readBankMessage(tenant, id);
  if (!sent) throw new Error(`The message ${id} was there and is not.`);
  return sent;
}

/** Whether a message goes no more, and nothing of it has gone. */
export function neverGoes({ state }: SentMessage): boolean {
  return state === 'NOT_TAKEN' || state === 'WITHDRAWN';
}

export function outcomeOf({ state, text = '' }: SentMessage): Handover {
  if (state === 'SENT') return { outcome: 'TAKEN' };
  if (state === 'NOT_TAKEN' || state === 'WITHDRAWN') return { outcome: state, text };
  return { outcome: 'UNKNOWN', text: 'The hand-over has begun.' };
}
