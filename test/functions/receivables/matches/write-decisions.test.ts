import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { DecidedReceipt } from '../../../../functions/receivables/matches/decided-receipt.ts';
import { takeDecision } from '../../../../functions/receivables/matches/take-decision.ts';
import { writeDecisions } from '../../../../functions/receivables/matches/write-decisions.ts';
import { roundsOf, transactionsOf } from '../../../../functions/receivables/matches/write-together.ts';
import type { Decision } from '../../../../functions/receivables/matching/decision.ts';
import { defaultMatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type { ReceivablesStore } from '../../../../functions/receivables/store.ts';
import { aReceipt, paying, step } from '../receipt-samples.ts';
import { anInvoice } from '../samples.ts';

const invoiceOf = (n: number) => anInvoice({ id: `inv_${n}`, number: `FP-${n}`, customerId: `cus_${n}` });
const receiptOf = (n: number) => aReceipt({ id: `rcp_${n}`, number: `SK-${n}` });

/** A receipt of 1,000.00 that pays so much of an invoice of a customer of its own, or of another's. */
function decisionOf(n: number, customer = n): Decision {
  const {
    exception: _,
    alternatives: _a,
    fromOnAccount: _f,
    runId: _r,
    ...use
  } = paying([[invoiceOf(customer), 100_000n]]);
  return { receiptId: `rcp_${n}`, outcome: 'MATCHED', explanation: { ...use, rule: 'REFERENCE' }, alternatives: [] };
}

const overtaken = new TransactionCanceledException({
  message: 'another was faster',
  $metadata: {},
  CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
});

/** A store in which some receipts were used by somebody else, others cannot be written for good, and what it was asked to write. */
function storeOf({ used = [], broken = [] }: { used?: string[]; broken?: string[] }) {
  const written: string[][] = [];
  const store: Partial<ReceivablesStore> = {
    writeAllDecided: async (decided) => {
      const ids = decided.map(({ receipt }) => receipt.next.id);
      if (ids.some((id) => broken.includes(id))) throw new Error('malformed');
      if (ids.some((id) => used.includes(id))) throw overtaken;
      written.push(ids);
    },
    readReceiptsOfAmount: async () => ({ pointed: [], isCut: false }),
    readReceipts: async (_, ids) => new Map([...ids].map((id) => [id, aReceipt({ id, allocated: aReceipt().amount })])),
  };
  return { store: store as ReceivablesStore, written };
}

async function writeFour(which: Parameters<typeof storeOf>[0]) {
  const { store, written } = storeOf(which);
  const of = { store, tenant: 'demo', rules: defaultMatchRules, now: new Date(step.at) };
  const invoices = new Map([1, 2, 3, 4].map((n) => [`inv_${n}`, invoiceOf(n)]));
  const failures = await writeDecisions(
    of,
    [1, 2, 3, 4].map(receiptOf),
    [1, 2, 3, 4].map((n) => decisionOf(n)),
    { invoices },
  );
  return { failures, written };
}

describe('decisions on receipts of several customers', () => {
  it('are written in one transaction', async () => {
    expect(await writeFour({})).toEqual({ failures: [], written: [['rcp_1', 'rcp_2', 'rcp_3', 'rcp_4']] });
  });

  it('stand each by itself where one of them is overtaken, which is left as the other has it', async () => {
    expect(await writeFour({ used: ['rcp_2'] })).toEqual({ failures: [], written: [['rcp_1'], ['rcp_3'], ['rcp_4']] });
  });

  it('stand where one of them cannot be written, which is told', async () => {
    const { failures, written } = await writeFour({ broken: ['rcp_3'] });
    expect(written).toEqual([['rcp_1'], ['rcp_2'], ['rcp_4']]);
    expect(failures).toMatchObject([{ errors: [{ message: 'malformed' }] }]);
  });
});

describe('what is written together', () => {
  it('is one receipt of a customer in a round, in their order, and all that pay nothing in the first', () => {
    const nothing: Decision = { receiptId: 'rcp_9', outcome: 'UNMATCHED', alternatives: [] };
    const decisions = [
      decisionOf(1, 1),
      decisionOf(2, 1),
      decisionOf(3, 2),
      nothing,
      decisionOf(4, 1),
      decisionOf(5, 2),
    ];
    expect(roundsOf(decisions).map((round) => round.map(({ receiptId }) => receiptId))).toEqual([
      ['rcp_1', 'rcp_3', 'rcp_9'],
      ['rcp_2', 'rcp_5'],
      ['rcp_4'],
    ]);
  });

  it('is ten receipts and 100 items at most', () => {
    const [small] = [takeDecision(receiptOf(1), new Map([['inv_1', invoiceOf(1)]]), decisionOf(1), step)];
    if (!small) throw new Error('It is a match.');
    const [invoice] = small.invoices;
    const ofInvoices = (count: number): DecidedReceipt => ({
      ...small,
      invoices: Array.from({ length: count }, () => invoice as NonNullable<typeof invoice>),
    });
    const sizes = (counts: readonly number[]) => transactionsOf(counts.map(ofInvoices)).map((group) => group.length);
    expect(sizes(Array.from({ length: 21 }, () => 1))).toEqual([10, 10, 1]);
    // With the receipt and the match, 48 + 2 twice is 100, and one more is too many.
    expect(sizes([48, 48])).toEqual([2]);
    expect(sizes([48, 49])).toEqual([1, 1]);
    expect(sizes([90, 1, 90])).toEqual([2, 1]);
  });
});
