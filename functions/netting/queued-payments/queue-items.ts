import type { Plain } from '../../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../../shared/dynamo/record-blocks.ts';
import { keys } from '../keys.ts';
import type { KeptPayment, QueueEntry } from './kept-payment.ts';

/**
 * Items as plain objects ↔ the model. What an item costs to write is counted in KB, so it says nothing twice: tenant and id stand in
 * its key.
 */
export function paymentToPlain({ tenant, id, ...facts }: KeptPayment): Plain {
  return { ...keys.queuedPayment(tenant, id), kind: 'QUEUED_PAYMENT', ...facts };
}

export function paymentFromPlain(plain: Plain): KeptPayment {
  const { pk, sk: _sk, kind: _kind, gate, number, revision, ...facts } = plain;
  const [tenant = '', id = ''] = String(pk).split('#');
  const place = { tenant, id, gate: Number(gate), number: Number(number), revision: Number(revision) };
  return { ...(facts as unknown as KeptPayment), ...place };
}

/** Payments that were queued together at a gate, as far as they wait; named by the number of the first that was queued. */
export interface QueueLines {
  readonly sk: string;
  /** In the order of their numbers. */
  readonly entries: readonly QueueEntry[];
  readonly revision: number;
}

type PackedEntry = readonly [number, string, string, string, bigint];

export function linesToPlain(pk: string, { sk, entries, revision }: QueueLines): Plain {
  const packed = entries.map(({ number, reference, payer, payee, amount }): PackedEntry => {
    return [number, reference, payer, payee, amount];
  });
  return { pk, sk, kind: 'QUEUE_LINES', revision, ...packBlock(packed) };
}

export function linesFromPlain(plain: Plain, gate: number): QueueLines {
  const entries = unpackBlock<PackedEntry>(plain).map(([number, reference, payer, payee, amount]) => {
    return { gate, number, reference, payer, payee, amount };
  });
  return { sk: String(plain.sk), entries, revision: Number(plain.revision) };
}
