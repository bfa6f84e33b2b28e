import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideMatches } from '../../../../functions/receivables/matching/decide-matches.ts';
import type { Decision } from '../../../../functions/receivables/matching/decision.ts';
import { defaultMatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice, OpenItems, OpenReceipt } from '../../../../functions/receivables/matching/open-item.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { sum } from '../../../../shared/money/sum.ts';

/** Few customers, numbers, days and amounts, so that claims meet: the same money, amounts that add up, numbers named twice. */
const amounts = fc.constantFrom(100_00n, 200_00n, 300_00n, 450_50n, 980_00n, 1_000_00n, 1_300_00n, 2_500_00n);
const days = fc.integer({ min: 0, max: 6 }).map((day) => addDays('2026-01-10', day));
const customerIds = fc.constantFrom('cu_1', 'cu_2', 'cu_3');
const entities = fc.constantFrom('le_1', 'le_1', 'le_1', 'le_2');
const currencies = fc.constantFrom('CNY', 'CNY', 'CNY', 'USD');
const customers = ['cu_1', 'cu_2', 'cu_3'].map((id, at) => ({
  id,
  names: [`华兴${'甲乙丙'[at]}有限公司`],
  accountKeys: [`key_${id}`],
}));
const virtualAccounts = [{ accountKey: 'va', customerId: 'cu_1', reference: 'HT-2026-018' }];

const invoices = fc
  .array(
    fc.record({
      customerId: customerIds,
      legalEntity: entities,
      currency: currencies,
      amount: amounts,
      paidBefore: fc.constantFrom(0n, 0n, 0n, 50_00n),
      issuedOn: days,
      hasDiscount: fc.boolean(),
      hasContract: fc.boolean(),
      disputed: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ paidBefore, hasDiscount, hasContract, ...one }, at): OpenInvoice => {
      return {
        ...one,
        id: `in_${at}`,
        number: `INV-${100 + at}`,
        open: one.amount - paidBefore,
        dueOn: addDays(one.issuedOn, 30),
        references: hasContract ? { contract: 'HT-2026-018' } : {},
        ...(hasDiscount && { discount: { basisPoints: 200, withinDays: 3 } }),
      };
    }),
  );

const texts = fc.constantFrom(
  '',
  '货款',
  'INV-100',
  'INV101',
  'INV100/101',
  'INV-100~103',
  'inv 102 103',
  'HT2026018',
  'INV-1',
  'INV-999',
  '发票号 104',
);
const receipts = fc
  .array(
    fc.record({
      legalEntity: entities,
      currency: currencies,
      amount: fc.oneof(amounts, amounts, fc.bigInt(1n, 3_000_00n), fc.constant(991_00n)),
      paidOn: days,
      payer: fc.constantFrom(
        {},
        { name: '华兴甲有限公司' },
        { name: '华兴乙有限公司', accountKey: 'key_cu_2' },
        { accountKey: 'key_cu_3' },
        { accountKey: 'key_cu_1', name: '华兴乙有限公司' },
      ),
      text: texts,
      isVirtual: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 14 },
  )
  .map((all) =>
    all.map(({ text, isVirtual, ...one }, at): OpenReceipt => {
      const virtual = isVirtual ? { virtualAccountKey: 'va' } : {};
      return { ...one, ...virtual, id: `rc_${at}`, texts: text === '' ? [] : [text], references: {} };
    }),
  );

const items = fc.record({ invoices, receipts }).map((both): OpenItems => ({ ...both, customers, virtualAccounts }));
const decide = (of: OpenItems) => decideMatches(of, defaultMatchRules);
const runs = { numRuns: 400 };

function invoiceOf({ invoices }: OpenItems, id: string): OpenInvoice {
  const found = invoices.find((one) => one.id === id);
  if (!found) throw new Error(`No invoice ${id}.`);
  return found;
}

function receiptOf({ receipts }: OpenItems, { receiptId }: Decision): OpenReceipt {
  const found = receipts.find(({ id }) => id === receiptId);
  if (!found) throw new Error(`No receipt ${receiptId}.`);
  return found;
}

const explanationsOf = ({ explanation, alternatives }: Decision) => [
  ...(explanation ? [explanation] : []),
  ...alternatives,
];

describe('whatever comes', () => {
  test('each receipt has one decision, matched or with a reason', () => {
    fc.assert(
      fc.property(items, (of) => {
        const decisions = decide(of);
        expect(decisions.map(({ receiptId }) => receiptId)).toEqual(of.receipts.map(({ id }) => id).sort());
        for (const { outcome, explanation, alternatives, exception } of decisions) {
          expect(explanation !== undefined).toBe(outcome === 'MATCHED');
          expect(outcome === 'MATCHED' || exception !== undefined).toBe(true);
          if (outcome !== 'MATCHED') expect(alternatives.length > 0).toBe(outcome === 'SUGGESTED');
        }
      }),
      runs,
    );
  });

  test('the order of the input decides nothing', () => {
    const shuffled = items.chain((of) =>
      fc.record({
        of: fc.constant(of),
        invoices: fc.shuffledSubarray([...of.invoices], { minLength: of.invoices.length }),
        receipts: fc.shuffledSubarray([...of.receipts], { minLength: of.receipts.length }),
        customers: fc.shuffledSubarray([...customers], { minLength: customers.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ of, ...order }) => {
        expect(decide({ ...of, ...order })).toEqual(decide(of));
      }),
      runs,
    );
  });

  test('nor do the ids: equal right stays equal', () => {
    const renamed = items.chain((of) =>
      fc
        .shuffledSubarray(
          of.receipts.map(({ id }) => id),
          { minLength: of.receipts.length },
        )
        .map((ids) => ({ of, ids: new Map(of.receipts.map(({ id }, at) => [id, ids[at] ?? id])) })),
    );
    fc.assert(
      fc.property(renamed, ({ of, ids }) => {
        const renamedReceipts = of.receipts.map((one) => ({ ...one, id: ids.get(one.id) ?? one.id }));
        const before = new Map(decide(of).map((one) => [ids.get(one.receiptId), one]));
        for (const { receiptId, outcome, exception, customerId } of decide({ ...of, receipts: renamedReceipts })) {
          const { outcome: was, exception: why, customerId: whose } = before.get(receiptId) ?? {};
          expect([outcome, exception, customerId]).toEqual([was, why, whose]);
        }
      }),
      runs,
    );
  });

  test('a receipt is used for exactly its amount, in what is booked and in what is suggested', () => {
    fc.assert(
      fc.property(items, (of) => {
        for (const decision of decide(of)) {
          for (const { allocations, onAccount } of explanationsOf(decision)) {
            const cash = allocations.map((one) => one.cash);
            expect(sum(cash) + onAccount).toBe(receiptOf(of, decision).amount);
            expect(onAccount >= 0n && cash.every((amount) => amount > 0n)).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test('an invoice is never cleared for more than is open', () => {
    fc.assert(
      fc.property(items, (of) => {
        const cleared = new Map<string, bigint>();
        for (const { explanation } of decide(of)) {
          for (const { invoiceId, cash, discount, charge } of explanation?.allocations ?? []) {
            expect(discount >= 0n && charge >= 0n).toBe(true);
            cleared.set(invoiceId, (cleared.get(invoiceId) ?? 0n) + cash + discount + charge);
          }
        }
        for (const [id, amount] of cleared) expect(amount <= invoiceOf(of, id).open).toBe(true);
      }),
      runs,
    );
  });

  test('money never crosses entities, currencies or customers, and pays nothing in dispute by itself', () => {
    fc.assert(
      fc.property(items, (of) => {
        for (const decision of decide(of)) {
          const { legalEntity, currency } = receiptOf(of, decision);
          for (const { allocations, customerId } of explanationsOf(decision)) {
            for (const { invoiceId } of allocations) {
              expect(invoiceOf(of, invoiceId)).toMatchObject({ legalEntity, currency, customerId });
            }
          }
          for (const { invoiceId } of decision.explanation?.allocations ?? []) {
            expect(invoiceOf(of, invoiceId).disputed).toBe(false);
          }
        }
      }),
      runs,
    );
  });

  test('a discount is given within its days only, and a charge within tolerance', () => {
    fc.assert(
      fc.property(items, (of) => {
        for (const decision of decide(of)) {
          for (const { invoiceId, discount, charge } of decision.explanation?.allocations ?? []) {
            const { issuedOn } = invoiceOf(of, invoiceId);
            if (discount > 0n) expect(receiptOf(of, decision).paidOn <= addDays(issuedOn, 3)).toBe(true);
            expect(charge <= 50_00n).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test('nothing is booked of a payer that nobody knows without a number that it names', () => {
    const anonymous = items.map((of) => ({
      ...of,
      receipts: of.receipts.map((one) => ({ ...one, payer: {}, texts: ['货款'], virtualAccountKey: 'none' })),
    }));
    fc.assert(
      fc.property(anonymous, (of) => {
        expect(decide(of).filter(({ outcome }) => outcome === 'MATCHED')).toEqual([]);
      }),
      runs,
    );
  });

  test('all explanations have a score in thousandths and something that speaks for them, the best first', () => {
    fc.assert(
      fc.property(items, (of) => {
        for (const decision of decide(of)) {
          const scores = decision.alternatives.map(({ score }) => score);
          expect(scores).toEqual(scores.toSorted((one, other) => other - one));
          if (decision.explanation)
            expect(decision.explanation.score).toBeGreaterThanOrEqual(defaultMatchRules.threshold);
        }
      }),
      runs,
    );
  });
});
