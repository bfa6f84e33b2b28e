/** What a part of a batch says of it. */
interface Owned {
  readonly batchId: string;
  /** It is a collection that was asked for by itself. */
  readonly single?: true | undefined;
}

/** The id of a collection by itself, which is kept as a batch of one line. */
export function collectionIdOf(batchId: string): string {
  return batchId.replace(/^cb_/, 'col_');
}

export function batchIdOf(collectionId: string): string {
  return collectionId.replace(/^col_/, 'cb_');
}

/** What belongs to a batch names it; what belongs to a collection by itself names that. */
export function ownerOf({ batchId, single }: Owned): { readonly batchId: string } | { readonly collectionId: string } {
  return single ? { collectionId: collectionIdOf(batchId) } : { batchId };
}

/** The id of the same. */
export function ownerIdOf({ batchId, single }: Owned): string {
  return single ? collectionIdOf(batchId) : batchId;
}
