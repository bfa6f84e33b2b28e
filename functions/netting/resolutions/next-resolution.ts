import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { gotOn } from '../../../shared/runs/replace-run.ts';
import type { NettingStore } from '../store.ts';
import type { QueueHead, Resolution } from './resolution.ts';

/**
 * The next state of a resolution that got on, and of its queue. Where the queue alone has moved, by a withdrawal, it stands as it
 * did and is to be tried again; nothing where another carries it on. Throws what DynamoDB throws.
 */
export async function writeNext(
  store: Pick<NettingStore, 'readResolution' | 'replaceWithHead'>,
  before: Resolution,
  changes: Partial<Resolution>,
  head: QueueHead,
  now: Date,
): Promise<Resolution | undefined> {
  const { decision: _d, retryAt: _r, ...rest } = gotOn(before);
  const next: Resolution = { ...rest, ...changes, revision: before.revision + 1, changedAt: now.toISOString() };
  try {
    await store.replaceWithHead(next, before, head);
    return next;
  } catch (error) {
    if (classifyWriteFailure(error) !== 'MOVED') throw error;
    const found = await store.readResolution(before.tenant, before.id);
    return found?.revision === before.revision ? found : undefined;
  }
}

/** A queue that nothing is under way in. */
export function released({ resolutionId: _, ...head }: QueueHead): QueueHead {
  return head;
}
