import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { changed, type Step } from '../matches/step.ts';
import type { ToldTools } from '../tools.ts';
import { type CollectedCredit, collectedIdOf } from './collected-credit.ts';

/**
 * Has what statements say came of the file of an order compared again, whatever it was found to be before: the order brought more, or
 * gave some back. Nothing, where no statement told of the file yet, or it waits to be compared anyhow.
 */
export async function askToCompare(
  { store, collection }: Pick<ToldTools, 'store' | 'collection'>,
  tenant: string,
  orderId: string,
  step: Omit<Step, 'date'>,
): Promise<void> {
  for (const fileId of await collection.filesOfOrder(tenant, orderId)) {
    await decideAndWrite(async () => {
      const before = await store.readCollected(tenant, collectedIdOf(tenant, fileId));
      if (!before?.comparedAgain) return { answer: undefined };
      const { comparedAgain: _, ...rest } = before;
      const next = changed<CollectedCredit>(rest, {}, step);
      return { answer: undefined, write: () => store.replaceCollected(next, before) };
    });
  }
}
