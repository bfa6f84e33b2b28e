import type { CollectionItem, Try } from './item.ts';

/** What an event does to an item, and with it to the books. */
export interface ItemChange {
  readonly item: CollectionItem;
  /** Minor units; what is left out does not move. `release` is the rest of a hold that nothing comes of. */
  readonly post?: { readonly orderId: string; readonly amount: bigint };
  readonly release?: { readonly orderId: string };
  readonly takeBack?: { readonly orderId: string; readonly amount: bigint };
}

export function withTry(item: CollectionItem, changed: Try): CollectionItem {
  return { ...item, tries: item.tries.map((one) => (one.orderId === changed.orderId ? changed : one)) };
}
