import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultMatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import { noFigures } from '../../../../functions/receivables/runs/figures.ts';
import { isDifference, readComparison } from '../../../../functions/receivables/runs/read-comparison.ts';
import type { Run, RunDecision } from '../../../../functions/receivables/runs/run.ts';
import { at, cause, entity } from '../samples.ts';

const noReads = () => {
  throw new Error('Nothing else is read.');
};

/** What a run decides on receipts, in blocks: nothing, or on account by so much. */
type Blocks = readonly (readonly (readonly [receiptId: string, onAccount: bigint | undefined])[])[];

function decisionOf([receiptId, onAccount]: Blocks[number][number]): RunDecision {
  const of = { legalEntity: entity, currency: 'CNY', amount: 100n };
  if (onAccount === undefined) return { ...of, decision: { receiptId, outcome: 'UNMATCHED', alternatives: [] } };
  const explanation = { rule: 'REFERENCE', score: 990, customerId: 'cus_1', allocations: [], onAccount } as const;
  return {
    ...of,
    decision: { receiptId, outcome: 'MATCHED', alternatives: [], explanation: { ...explanation, evidence: [] } },
  };
}

function dryRun(id: string, blocks: Blocks): Run {
  return {
    ...{ tenant: 'demo', id, scope: {}, dryRun: true, rules: defaultMatchRules, state: 'ENDED', attempt: 1 },
    ...{ receipts: 0, invoices: 0, blocks: blocks.length, blocksDone: 0, turn: 0, failures: 0 },
    ...{ decided: noFigures, result: noFigures, createdAt: at, changedAt: at, revision: 1, cause },
  };
}

async function pagesOf(one: Blocks, other: Blocks, count: number) {
  const [run, beside] = [dryRun('run_1', one), dryRun('run_2', other)];
  let reads = 0;
  const store = {
    readRunBlock: async ({ id }: Run, block: number) => {
      reads += 1;
      return ((id === run.id ? one : other)[block] ?? noReads()).map(decisionOf);
    },
    readReceipts: noReads,
    readMatches: noReads,
  };
  const pages = [];
  let after: string | undefined;
  do {
    reads = 0;
    const page = await readComparison(store, run, beside, { after, count });
    pages.push({ compared: page.compared, reads });
    after = page.next;
  } while (after !== undefined);
  return pages;
}

const inBlocks = fc
  .tuple(
    fc.dictionary(fc.stringMatching(/^r[0-9]{1,2}$/), fc.option(fc.bigInt(0n, 2n), { nil: undefined }), {
      maxKeys: 60,
    }),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 60, maxLength: 60 }),
  )
  .map(([told, sizes]): Blocks => {
    const rest = Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1));
    return sizes.flatMap((size) => (rest.length > 0 ? [rest.splice(0, size)] : []));
  });

describe('a comparison of two runs, page after page', () => {
  it('goes through every receipt of the run once, beside what the other decided on it, in few reads a page', async () => {
    await fc.assert(
      fc.asyncProperty(inBlocks, inBlocks, fc.integer({ min: 1, max: 7 }), async (one, other, count) => {
        const pages = await pagesOf(one, other, count);
        const elsewhere = new Map(other.flat());
        const expected = one.flat().map(([receiptId, here]) => {
          const there = elsewhere.get(receiptId);
          if (here === undefined) return [receiptId, there === undefined ? 'SAME' : 'NOT_RUN'];
          if (there === undefined) return [receiptId, 'ONLY_RUN'];
          return [receiptId, here === there ? 'SAME' : 'OTHER'];
        });
        expect(pages.flatMap(({ compared }) => compared).map(({ receiptId, as }) => [receiptId, as])).toEqual(expected);
        for (const { compared, reads } of pages) {
          expect(compared.filter(isDifference).length).toBeLessThanOrEqual(count);
          expect(reads).toBeLessThanOrEqual(20);
        }
      }),
    );
  });
});
