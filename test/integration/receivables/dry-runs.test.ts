import { beforeAll, describe, expect, it } from 'vitest';
import { defaultMatchRules, type MatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import { comparisonFigures } from '../../../functions/receivables/runs/compare.ts';
import { pageDecisions } from '../../../functions/receivables/runs/page-decisions.ts';
import type { Run } from '../../../functions/receivables/runs/run.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { keepReceipt } from './receipts.ts';
import { runsForTests } from './runs.ts';

describe('dry runs', () => {
  const opened = runsForTests();
  let { receipts, store, own } = {} as ReturnType<typeof opened>;
  beforeAll(() => {
    ({ receipts, store, own } = opened());
  });

  it('that are dry book nothing, and tell what they would', async () => {
    const paid = await own.anOpenTenant('dry', 5);
    const run = await own.ended('dry', 'a', { dryRun: true });
    expect(run).toMatchObject({
      state: 'ENDED',
      decided: { outcomes: { MATCHED: { count: 5 }, UNMATCHED: { count: 1 } } },
    });
    for (const receipt of await own.standing(
      'dry',
      paid.map(({ id }) => id),
    ))
      expect(receipt?.revision).toBe(1);
    const pages: string[] = [];
    let after: string | undefined;
    do {
      const page = await pageDecisions(store, run, { after, count: 2 });
      pages.push(page.decisions.map(({ decision }) => decision.receiptId).join(' '));
      after = page.next;
    } while (after !== undefined);
    expect(pages).toHaveLength(3);
    expect(new Set(pages.join(' ').split(' ')).size).toBe(6);
    const figures = async (one: Run, beside?: Run) => comparisonFigures(await own.compared(one, beside));
    const tally = { count: 5, amounts: { CNY: 501_000n } };
    const same = { count: 1, amounts: { CNY: 77n } };
    expect(await figures(run)).toEqual({ ONLY_RUN: tally, SAME: same });
    const without: MatchRules = {
      ...defaultMatchRules,
      off: ['REFERENCE', 'KNOWN_ACCOUNT_AND_AMOUNT', 'NAME_AND_AMOUNT'],
    };
    const other = await own.ended('dry', 'b', { dryRun: true, rules: without });
    expect(await figures(run, other)).toEqual({ ONLY_RUN: tally, SAME: same });
    expect(await figures(other, run)).toEqual({ NOT_RUN: tally, SAME: same });
    const booked = await own.ended('dry', 'c');
    expect(await figures(run)).toEqual({ SAME: { count: 6, amounts: { CNY: 501_077n } } });
    await expect(own.compared(booked)).rejects.toMatchObject({
      code: 'receivables/run-not-comparable',
    });
  });

  it('of past days decide receipts as if nothing of them had been matched', async () => {
    const paid = await own.anOpenTenant('past', 5);
    await keepReceipt(receipts, {
      tenant: 'past',
      id: deriveId('rcp', 'past', 'later'),
      paidOn: '2026-03-04',
      payer: {},
    });
    await own.ended('past', 'a');
    const scope = { from: '2026-03-01', to: '2026-03-03' };
    const same = await own.ended('past', 'b', { dryRun: true, scope });
    expect(same).toMatchObject({ receipts: 6, invoices: 5, decided: { rules: { REFERENCE: { count: 5 } } } });
    expect(comparisonFigures(await own.compared(same))).toEqual({
      SAME: { count: 6, amounts: { CNY: 501_077n } },
    });
    // Under a rule set that is too strict, nothing of it would be booked.
    const strict = await own.ended('past', 'c', {
      dryRun: true,
      scope,
      rules: { ...defaultMatchRules, threshold: 1_000 },
    });
    const compared = await own.compared(strict);
    expect(comparisonFigures(compared).NOT_RUN?.count).toBe(5);
    expect(compared.find(({ as }) => as === 'NOT_RUN')?.other?.onAccount).toBe(0n);
    for (const receipt of await own.standing(
      'past',
      paid.map(({ id }) => id),
    ))
      expect(receipt?.matchesMade).toBe(1);
  });
});
