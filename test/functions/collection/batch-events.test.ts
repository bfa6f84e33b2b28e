import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { batchToPlain } from '../../../functions/collection/batches/block-items.ts';
import { progressToPlain } from '../../../functions/collection/batches/progress-items.ts';
import { toEvents } from '../../../functions/collection/events.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { aBatch } from './batches/samples.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const stored = (plain: Plain): Plain => fromItem(toItem(plain));
const later = '2026-03-02T03:00:00.000Z';
const toEventsOf = (change: Parameters<typeof toEvents>[0]): DomainEvent[] => toEvents(change);

describe('what the world is told of a batch', () => {
  const batch = aBatch({ blocks: 2, lines: 3, refused: 1, amount: 200_000n });
  const progress = (of: Batch, more: Plain = {}) => stored({ ...progressToPlain(of), ...more });
  const tell = (item: Plain, previous?: Plain) =>
    toEventsOf(previous ? { kind: 'MODIFY', item, previous } : { kind: 'INSERT', item });
  const figures = { settled: 150_000n, failed: 50_000n, at: later };

  it('is that it was accepted, with its lines and its amount', () => {
    expect(tell(stored(batchToPlain(batch)))).toMatchObject([
      {
        type: 'collection.batch-accepted.v1',
        subject: batch.id,
        occurredAt: batch.createdAt,
        data: { id: batch.id, amount: yuan('2000.00'), lines: { sent: 3, accepted: 2, refused: 1 } },
      },
    ]);
  });

  it('is, once all its blocks have come to their end, where its money is', () => {
    const begun = progress(batch, { closed: 1, settled: 100_000n });
    expect(tell(begun, progress(batch))).toEqual([]);
    const events = tell(progress(batch, { closed: 2, ...figures }), begun);
    expect(events).toMatchObject([
      {
        type: 'collection.batch-ended.v1',
        occurredAt: later,
        data: { batchId: batch.id, number: batch.number, state: 'PARTIAL', refusedLines: 1 },
      },
    ]);
    expect(tell(progress(batch, { closed: 2, ...figures }))).toEqual(events);
  });

  it('is not told again when money comes back after the end', () => {
    const end = progress(batch, { closed: 2, ...figures });
    const back = progress(batch, { closed: 2, ...figures, settled: 0n, returned: 150_000n });
    expect(tell(back, end)).toEqual([]);
  });

  it('is under another name where it is a collection by itself, to which no batch belongs', () => {
    const single = aBatch({ single: true, number: 'key:k' });
    const collectionId = 'col_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';
    const [accepted] = tell(stored(batchToPlain(single)));
    expect(accepted).toMatchObject({ type: 'collection.collection-accepted.v1', subject: collectionId });
    const [end] = tell(progress(single, { closed: 1, settled: 100_000n }), progress(single));
    expect(end).toMatchObject({
      type: 'collection.collection-ended.v1',
      subject: collectionId,
      data: { collectionId, state: 'COMPLETED' },
    });
    expect(JSON.stringify([accepted, end])).not.toMatch(/cb_|key:/);
  });
});
