import type { MatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import { defaultMatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice, OpenItems, OpenReceipt } from '../../../functions/receivables/matching/open-item.ts';
import { addDays } from '../../../shared/calendar/plain-date.ts';
import { type Chance, chanceFrom } from './chance.ts';

/** One payer with very many open invoices, whose receipts name none: the hardest that sets can be made. */
export interface WorstSets {
  readonly name: string;
  readonly items: OpenItems;
  readonly rules: MatchRules;
}

const openInvoices = 2_000;
const payer = { id: 'cus_1', names: ['上海华鑫贸易有限公司'], accountKeys: ['acct-1'] };

/** Amounts that all differ, or all alike, so that many sets give a sum; sums of three, and sums that no set gives. */
export function worstSets(): WorstSets[] {
  const wide = { ...defaultMatchRules, setCandidatesMax: 40, setSizeMax: 8 };
  const amounts = {
    'amounts of any kind': (chance: Chance) => BigInt(chance.whole(1_000_00, 90_000_00)),
    'multiples of 1,000.00': (chance: Chance) => BigInt(chance.whole(1, 50)) * 1_000_00n,
    'all of one amount': () => 5_000_00n,
  };
  return Object.entries(amounts).flatMap(([name, draw]) =>
    [1, 200].flatMap((receipts) =>
      [defaultMatchRules, wide].map((rules) => ({
        name: `${name}, ≤${rules.setCandidatesMax} candidates, sets ≤${rules.setSizeMax}`,
        rules,
        items: itemsOf(draw, receipts),
      })),
    ),
  );
}

function itemsOf(draw: (chance: Chance) => bigint, count: number): OpenItems {
  const chance = chanceFrom(7);
  const invoices = Array.from({ length: openInvoices }, (_, n) => invoiceOf(n, draw(chance)));
  const receipts = Array.from({ length: count }, (_, n): OpenReceipt => {
    const three = [chance.pick(invoices), chance.pick(invoices), chance.pick(invoices)];
    const sum = three.reduce((total, { open }) => total + open, 0n);
    return {
      id: `rcp_${n}`,
      legalEntity: 'YD-SH',
      currency: 'CNY',
      // A cent more, and among round amounts no set gives it, however long one looks.
      amount: sum + (n % 2 === 0 ? 1n : 0n),
      paidOn: '2025-07-01',
      payer: { name: payer.names[0] ?? '', accountKey: 'acct-1' },
      texts: ['货款'],
      references: {},
    };
  });
  return { receipts, invoices, customers: [payer], virtualAccounts: [] };
}

function invoiceOf(n: number, amount: bigint): OpenInvoice {
  const issuedOn = addDays('2025-01-01', n % 150);
  return {
    id: `inv_${n}`,
    customerId: payer.id,
    legalEntity: 'YD-SH',
    number: `INV-2025-${String(n).padStart(6, '0')}`,
    currency: 'CNY',
    amount,
    open: amount,
    issuedOn,
    dueOn: addDays(issuedOn, 30),
    references: {},
    disputed: false,
  };
}
