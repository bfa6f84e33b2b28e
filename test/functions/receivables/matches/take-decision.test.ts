import { describe, expect, it } from 'vitest';
import { concerning } from '../../../../functions/receivables/matches/look-again.ts';
import { suggestionsMax, takeDecision } from '../../../../functions/receivables/matches/take-decision.ts';
import type { Decision } from '../../../../functions/receivables/matching/decision.ts';
import { aReceipt, byId, paying, step } from '../receipt-samples.ts';
import { aCustomer, anInvoice } from '../samples.ts';

const invoice = anInvoice();
const receipt = aReceipt();
const { exception: _, alternatives: _a, fromOnAccount: _f, runId: _r, ...use } = paying([[invoice, 100_000n]]);
const byAmount = { ...use, rule: 'NAME_AND_AMOUNT', evidence: [{ kind: 'NAME', found: 'x', meant: 'x' }] } as const;
const byReference = { ...use, rule: 'REFERENCE' } as const;
const matched = (explanation: Decision['explanation']): Decision => ({
  receiptId: receipt.id,
  outcome: 'MATCHED',
  ...(explanation && { explanation }),
  alternatives: [],
});
const take = (of: typeof receipt, decision: Decision) => takeDecision(of, byId(invoice), decision, step);

describe('a decision', () => {
  it('that is sure is a match', () => {
    expect(take(receipt, matched(byAmount))?.match?.next.rule).toBe('NAME_AND_AMOUNT');
  });

  it('on a receipt of which a match was undone is a suggestion, and stays one', () => {
    const taken = take(aReceipt({ handled: true }), matched(byReference));
    expect(taken?.match).toBeUndefined();
    expect(taken?.receipt.next).toMatchObject({ exception: { reason: 'AMBIGUOUS' }, suggestions: [byReference] });
    expect(taken && take(taken.receipt.next, matched(byReference))).toBeUndefined();
  });

  it('for more invoices than one match pays is for somebody to allocate', () => {
    const allocations = Array.from({ length: 91 }, (_, n) => ({
      ...use.allocations[0],
      invoiceId: `inv_${n}`,
      cash: 1n,
      discount: 0n,
      charge: 0n,
    }));
    const taken = take(receipt, matched({ ...byReference, allocations }));
    expect([taken?.match, taken?.receipt.next.suggestions]).toEqual([undefined, []]);
    expect(taken?.receipt.next.exception?.reason).toBe('AMBIGUOUS');
  });

  it('for another reason leaves it with whoever has it, and what was noted', () => {
    const whose = { assignee: '王芳', note: '已致电客户' };
    const waiting = aReceipt({ exception: { reason: 'UNKNOWN_PAYER', since: '2026-03-01T02:00:00.000Z', ...whose } });
    const { exception } = take({ ...waiting, handled: true }, matched(byReference))?.receipt.next ?? waiting;
    expect(exception).toEqual({ reason: 'AMBIGUOUS', since: step.at, ...whose });
  });

  it('that says nothing new is not written; a new reason is a new exception', () => {
    const unmatched: Decision = {
      receiptId: receipt.id,
      outcome: 'UNMATCHED',
      alternatives: [],
      exception: 'UNKNOWN_PAYER',
    };
    const first = take(receipt, unmatched)?.receipt.next ?? receipt;
    expect(take(first, unmatched)).toBeUndefined();
    const later = { ...step, at: '2026-03-05T02:00:00.000Z' };
    const second = takeDecision(first, byId(invoice), { ...unmatched, exception: 'CURRENCY' }, later)?.receipt.next;
    expect(second?.exception).toEqual({ reason: 'CURRENCY', since: later.at });
  });

  it('keeps a few suggestions, the best first', () => {
    const alternatives = Array.from({ length: 9 }, (_, n) => ({ ...byAmount, score: 800 - n }));
    const suggested: Decision = { receiptId: receipt.id, outcome: 'SUGGESTED', alternatives, exception: 'AMBIGUOUS' };
    expect(take(receipt, suggested)?.receipt.next.suggestions).toEqual(alternatives.slice(0, suggestionsMax));
  });
});

describe('a new invoice concerns an open receipt', () => {
  const customer = aCustomer({ accountKeys: ['key of 5123'] });
  const concerns = concerning([invoice], new Map([[customer.id, customer]]));

  it('of its customer, by account, by name and where it is named', () => {
    const stranger = { payer: {} };
    expect(concerns(aReceipt({ ...stranger, customerId: customer.id }))).toBe(true);
    expect(concerns(aReceipt({ payer: { accountKey: 'key of 5123' } }))).toBe(true);
    expect(concerns(aReceipt({ payer: { name: '江南机械厂（有限公司）' } }))).toBe(true);
    expect(concerns(aReceipt({ ...stranger, texts: ['fp2026 0001'] }))).toBe(true);
  });

  it('but none of a stranger, of another currency or legal entity', () => {
    expect(concerns(aReceipt({ payer: { name: '江北机械厂' }, texts: ['货款'] }))).toBe(false);
    expect(concerns(aReceipt({ currency: 'USD' }))).toBe(false);
    expect(concerns(aReceipt({ legalEntity: '禹道制造有限公司' }))).toBe(false);
  });
});
