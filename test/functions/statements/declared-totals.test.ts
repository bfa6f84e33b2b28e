import { describe, expect, it } from 'vitest';
import { describeStatement } from '../../../functions/statements/statement.ts';
import type { DeclaredTotals, FloorLimit } from '../../../shared/formats/statement-events.ts';
import { entry, page } from './pages.ts';

/** 3.00 in by two lines, 0.50 out by one. */
const entries = [entry(100n), entry(200n), entry(-50n)];

function flagsOf(...declared: readonly (DeclaredTotals & { floor?: bigint })[]) {
  const [first, ...others] = declared.map(({ floor, ...declaredTotals }) => {
    const floorLimits: FloorLimit[] = floor === undefined ? [] : [{ currency: 'EUR', amount: floor }];
    return { ...page({ entries }), declaredTotals, ...(floor !== undefined && { floorLimits }) };
  });
  if (!first) throw new Error('No page.');
  const { flags } = describeStatement('demo', 'key', [first, ...others]);
  return flags
    .filter(({ code }) => code === 'DECLARED_TOTALS_DIFFER')
    .map(({ where, difference }) => [where[0], difference]);
}

describe('totals that the bank declares', () => {
  it('are those of its lines: 3.00 in, 0.50 out, 3.50 over all', () => {
    expect(
      flagsOf({ credits: { count: 2, total: 300n }, debits: { total: 50n }, all: { count: 3, total: 350n } }),
    ).toEqual([]);
  });

  it('are flagged when the overall total differs', () => {
    expect(flagsOf({ all: { count: 3, total: 340n } })).toEqual([['all', 10n]]);
  });

  it('are compared under a floor limit of zero, which leaves nothing out, and not under one above', () => {
    expect(flagsOf({ credits: { total: 299n }, floor: 0n })).toEqual([['credits', 1n]]);
    expect(flagsOf({ credits: { total: 299n }, floor: 1n })).toEqual([]);
  });

  it('are summed over pages that each declare their own', () => {
    const own = { credits: { count: 2, total: 300n } };
    expect(flagsOf(own, own)).toEqual([]);
    expect(flagsOf(own, { credits: { count: 2, total: 310n } })).toEqual([['credits', -10n]]);
  });

  it('are those of the whole where only the last page declares them', () => {
    expect(flagsOf({}, { credits: { count: 4, total: 600n } })).toEqual([]);
  });

  it('are not compared where a page between says nothing', () => {
    expect(flagsOf({ credits: { total: 1n } }, {}, { credits: { total: 2n } })).toEqual([]);
  });
});
