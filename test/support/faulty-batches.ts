import type { BatchGetItemCommandInput, BatchWriteItemCommandInput } from '@aws-sdk/client-dynamodb';

/** Requests of a batch by table, in either form: a list of writes, or keys with how to read them. */
export type BatchRequests = Readonly<Record<string, Portion>>;
type Portion = readonly unknown[] | { readonly Keys: readonly unknown[] };

/**
 * Cuts a batch at a random place into what is done and what is left over. At least one request is done and one left, as
 * the service has it: a batch of which nothing is done is throttled instead. A batch of one cannot be cut.
 */
export function cutBatch(
  { RequestItems }: BatchWriteItemCommandInput | BatchGetItemCommandInput,
  random: () => number,
): { readonly done: BatchRequests; readonly left: BatchRequests } | undefined {
  const requests = (RequestItems ?? {}) as BatchRequests;
  const total = Object.values(requests).reduce((sum, portion) => sum + listOf(portion).length, 0);
  if (total < 2) return undefined;
  const cut = 1 + Math.floor(random() * (total - 1));
  const done: Record<string, Portion> = {};
  const left: Record<string, Portion> = {};
  let passed = 0;
  for (const [table, portion] of Object.entries(requests)) {
    const list = listOf(portion);
    const here = Math.min(list.length, Math.max(0, cut - passed));
    if (here > 0) done[table] = withList(portion, list.slice(0, here));
    if (here < list.length) left[table] = withList(portion, list.slice(here));
    passed += list.length;
  }
  return { done, left };
}

/** Requests of both, table by table. */
export function joinBatches(a: BatchRequests = {}, b: BatchRequests): BatchRequests {
  const joined: Record<string, Portion> = { ...a };
  for (const [table, portion] of Object.entries(b)) {
    joined[table] = withList(portion, [...listOf(a[table] ?? []), ...listOf(portion)]);
  }
  return joined;
}

function listOf(portion: Portion): readonly unknown[] {
  return 'Keys' in portion ? portion.Keys : portion;
}

function withList(portion: Portion, list: readonly unknown[]): Portion {
  return 'Keys' in portion ? { ...portion, Keys: list } : list;
}
