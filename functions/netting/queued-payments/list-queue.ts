import { gateCount } from '../cycles/cycle.ts';
import { type QueueName, queuedPaymentIdOf } from '../keys.ts';
import type { NettingStore } from '../store.ts';
import { gateOfPayer, type KeptPayment } from './kept-payment.ts';

/** Where a list goes on: at a gate, behind a number. */
export interface QueuePlace {
  readonly gate: number;
  readonly after: number;
}

export interface QueuePage {
  readonly payments: readonly KeptPayment[];
  readonly next?: QueuePlace;
}

/**
 * A page of what waits in a queue, by gate and number: those of one payer in their order. One that ended a moment ago is left out,
 * so a page may hold fewer than `count`; `next` alone tells that there are more.
 */
export async function listQueue(
  store: Pick<NettingStore, 'readQueueLines' | 'readQueuedPayments'>,
  tenant: string,
  queue: QueueName,
  { payer, from, count }: { readonly payer?: string; readonly from?: QueuePlace; readonly count: number },
): Promise<QueuePage> {
  const [first, last] = payer === undefined ? [0, gateCount - 1] : [gateOfPayer(payer), gateOfPayer(payer)];
  const references: string[] = [];
  let next: QueuePlace | undefined;
  for (let gate = from?.gate ?? first; gate <= last && !next; gate++) {
    const after = gate === from?.gate ? from.after : 0;
    const waiting = (await store.readQueueLines(tenant, queue, gate))
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.number > after && (payer === undefined || entry.payer === payer));
    const room = count - references.length;
    references.push(...waiting.slice(0, room).map(({ reference }) => reference));
    if (waiting.length > room) next = { gate, after: waiting[room - 1]?.number ?? after };
  }
  const ids = references.map((reference) => queuedPaymentIdOf(tenant, queue.centreId, reference));
  const found = await store.readQueuedPayments(tenant, ids);
  const payments = ids.flatMap((id) => found.get(id) ?? []).filter(({ state }) => state === 'QUEUED');
  return { payments, ...(next && { next }) };
}
