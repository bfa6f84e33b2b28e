import type { Answer } from './api-client.ts';
import { grouped, table } from './table.ts';

type Body = Answer['body'];

/** The collections of a batch, a line each: as they stood after the first try, and as they stand now. */
export function reportCollections(first: readonly Body[], now: readonly Body[]): string {
  const rows = now.map((item, place) => [
    String(item.line),
    String(item.references.invoice),
    grouped(item.amount.amount),
    stateOf(first[place]),
    stateOf(item),
    railsOf(item),
    grouped(feeOf(item)),
  ]);
  const right = { align: 'right' } as const;
  return table(
    [
      { title: 'Line', ...right },
      { title: 'Invoice' },
      { title: 'Amount', ...right },
      { title: 'After the first try' },
      { title: 'Now' },
      { title: 'Rails' },
      { title: 'Fee', ...right },
    ],
    rows,
  );
}

function stateOf({ state, reason, nextTryAt }: Body): string {
  if (nextTryAt) return `waits for ${nextTryAt.slice(0, 10)}: ${reason}`;
  return state === 'FAILED' ? `FAILED ${reason}` : state;
}

/** In the order in which they were tried. */
function railsOf({ tries }: Body): string {
  return tries.map(({ railId, state }: Body) => (state === 'SETTLED' ? railId : `${railId} ${state}`)).join(', ');
}

function feeOf({ tries }: Body): string {
  return tries.find(({ fee }: Body) => fee)?.fee.amount ?? '0.00';
}
