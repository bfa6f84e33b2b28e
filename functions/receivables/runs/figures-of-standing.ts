import type { ReceivablesStore } from '../store.ts';
import { type Figures, figuresOfReceipts } from './figures.ts';
import type { Run } from './run.ts';

/** What a run made of receipts, by what stands of them now. */
export async function figuresOfStanding(
  store: Pick<ReceivablesStore, 'readReceipts' | 'readMatches'>,
  { tenant, id }: Pick<Run, 'tenant' | 'id'>,
  receiptIds: readonly string[],
): Promise<Figures> {
  const standing = [...(await store.readReceipts(tenant, receiptIds)).values()];
  return figuresOfReceipts(id, standing, await store.readMatches(standing));
}
