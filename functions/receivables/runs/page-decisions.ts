import type { ReceivablesStore } from '../store.ts';
import type { Run, RunDecision } from './run.ts';

/** A page of what a run decided, in the order of the receipts' ids, from behind a receipt; and where it goes on. */
export async function pageDecisions(
  store: Pick<ReceivablesStore, 'readRunBlock'>,
  run: Run,
  { after, count }: { readonly after?: string | undefined; readonly count: number },
): Promise<{ readonly decisions: readonly RunDecision[]; readonly next?: string }> {
  const [blockText = '0', placeText = '0'] = (after ?? '0 0').split(' ');
  let block = Number(blockText);
  let place = Number(placeText);
  const shown: RunDecision[] = [];
  for (; block < run.blocks; block++, place = 0) {
    const all = await store.readRunBlock(run, block);
    const some = all.slice(place, place + count - shown.length);
    shown.push(...some);
    place += some.length;
    if (shown.length === count) break;
  }
  if (block >= run.blocks) return { decisions: shown };
  const isLast = block === run.blocks - 1 && (await store.readRunBlock(run, block)).length === place;
  return { decisions: shown, ...(!isLast && { next: `${block} ${place}` }) };
}
