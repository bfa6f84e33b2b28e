import type { CollectionItem } from '../../../functions/collection/items/item.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';

type IsReached = (item: CollectionItem) => boolean;

/** Tools of a process that dies once a block was written in which an item has got so far. */
export function dyingAfter(tools: CollectionTools, isReached: IsReached): CollectionTools {
  return dying(tools, async (write, items) => {
    await write();
    if (items.some(isReached)) throw new Error('killed');
  });
}

/** Tools of a process that dies where it would write such a block. */
export function dyingBefore(tools: CollectionTools, isReached: IsReached): CollectionTools {
  return dying(tools, async (write, items) => {
    if (items.some(isReached)) throw new Error('killed');
    await write();
  });
}

function dying(
  tools: CollectionTools,
  instead: (write: () => Promise<void>, items: readonly CollectionItem[]) => Promise<void>,
): CollectionTools {
  const replaceBlock: CollectionTools['store']['replaceBlock'] = (next, ...more) =>
    instead(() => tools.store.replaceBlock(next, ...more), next.items);
  return { ...tools, store: { ...tools.store, replaceBlock } };
}

/** What somebody waits for, and somebody else gives. */
export function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}
