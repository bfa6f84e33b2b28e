import { describe, expect, it } from 'vitest';
import type { Try } from '../../../../functions/collection/items/item.ts';
import { assessOutcome } from '../../../../functions/collection/outcomes/assess-outcome.ts';
import { anItem, aTry, report } from '../items/items.ts';

/** What recording this of an order of 1,000.00 in such a state comes to. */
function assess(more: Partial<Try>, state: 'SETTLED' | 'REJECTED', amount = 100_000n) {
  const one = aTry(more);
  const said = state === 'SETTLED' ? { amount } : { code: 'AC04' };
  return assessOutcome(anItem(one), one, report(state, { source: 'by-hand:1', ...said })).outcome;
}

describe('what somebody found out about an order', () => {
  it.each(['SUBMITTED', 'PROCESSING'] as const)('is new while a bank has it (%s) and is silent', (state) => {
    expect([assess({ state }, 'SETTLED'), assess({ state }, 'REJECTED')]).toEqual(['NEW', 'NEW']);
  });

  it('is refused where no bank has got it', () => {
    expect([assess({ state: 'ROUTED' }, 'SETTLED'), assess({ state: 'ROUTED' }, 'REJECTED')]).toEqual([
      'REFUSED',
      'REFUSED',
    ]);
  });

  it('is, while nobody knows whether a bank has got it, that money came and never that it failed', () => {
    expect([assess({ state: 'UNKNOWN' }, 'SETTLED'), assess({ state: 'UNKNOWN' }, 'REJECTED')]).toEqual([
      'NEW',
      'REFUSED',
    ]);
  });

  it('is known, new or refused where money came, by whether it is as much, more or less', () => {
    const came = { state: 'SETTLED', settled: 60_000n } as const;
    const assessed = [60_000n, 70_000n, 50_000n].map((amount) => assess(came, 'SETTLED', amount));
    expect(assessed).toEqual(['KNOWN', 'NEW', 'REFUSED']);
    expect(assess(came, 'REJECTED')).toBe('REFUSED');
  });

  it('is known where it failed and refused where it is told to have come after all', () => {
    for (const state of ['DECLINED', 'REFUSED'] as const) {
      expect([assess({ state }, 'REJECTED'), assess({ state }, 'SETTLED')]).toEqual(['KNOWN', 'REFUSED']);
    }
    expect(assess({ state: 'NEVER_LEFT' }, 'REJECTED')).toBe('REFUSED');
  });
});
