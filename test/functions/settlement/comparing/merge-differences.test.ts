import { describe, expect, it } from 'vitest';
import type { KeptDifference } from '../../../../functions/settlement/comparing/comparison.ts';
import { type Difference, openDifference } from '../../../../functions/settlement/comparing/difference.ts';
import type { LineDifference } from '../../../../functions/settlement/comparing/found-difference.ts';
import { mergeDifferences } from '../../../../functions/settlement/comparing/merge-differences.ts';

const day = { tenant: 'demo', marketId: 'mkt_a', channelId: 'wechat', businessDate: '2025-09-26' };
const step = { note: 'known', by: 'operator', at: '2025-09-27T02:00:00.000Z' };

function found(no: string, amount = 100n, line = 2): LineDifference {
  const key = `P#${no}`;
  const there = { key, date: day.businessDate, kind: 'PAYMENT' as const, amount, fee: 0n, line };
  return { id: `MISSING_HERE#${key}`, class: 'MISSING_HERE', date: day.businessDate, there };
}

function kept(difference: Difference, more: Partial<KeptDifference> = {}): KeptDifference {
  return { ...day, difference, stands: true, revision: 1, ...more };
}
const resolved = (no: string): Difference => ({ found: found(no), state: 'RESOLVED', step });

describe('a day that is compared again', () => {
  it('opens what is new, and writes nothing where all is as it was', () => {
    const first = mergeDifferences(day, [], [found('1')]);
    expect(first).toEqual({ next: [kept(openDifference(found('1')))], gone: [] });
    expect(mergeDifferences(day, first.next, [found('1')])).toEqual({ next: [], gone: [] });
  });

  it('keeps what was said of a difference, also where its line stands elsewhere in the file', () => {
    expect(mergeDifferences(day, [kept(resolved('1'))], [found('1', 100n, 9)])).toEqual({ next: [], gone: [] });
  });

  it('takes a difference with other figures for not resolved, and keeps the note', () => {
    const { next } = mergeDifferences(day, [kept(resolved('1'))], [found('1', 101n)]);
    const difference = { found: found('1', 101n), state: 'EXPLAINED', step };
    expect(next).toEqual([{ ...day, difference, stands: true, revision: 2 }]);
  });

  it('takes away what stands no more, and keeps it where somebody said something of it', () => {
    const open = kept(openDifference(found('1')));
    const said = kept(resolved('2'));
    const { next, gone } = mergeDifferences(day, [open, said], []);
    expect(gone).toEqual([open]);
    expect(next).toEqual([{ ...said, stands: false, revision: 2 }]);
    expect(mergeDifferences(day, next, [])).toEqual({ next: [], gone: [] });
  });

  it('brings back one that stands again, as it was left', () => {
    const said = kept(resolved('2'), { stands: false, revision: 2 });
    expect(mergeDifferences(day, [said], [found('2')]).next).toEqual([{ ...said, stands: true, revision: 3 }]);
  });
});
