import { describe, expect, test } from 'vitest';
import { defaultMatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { chanceFrom } from '../chance.ts';
import { drawCustomer } from '../customer.ts';
import { discountOn } from '../field-rules.ts';
import { type Draft, inFull, type Told } from '../labelled.ts';
import { judge } from './judge.ts';

const name = {
  script: 'CHINESE',
  place: '上海',
  placeInBrackets: false,
  brand: '华鑫',
  trade: '贸易',
  form: '有限公司',
} as const;
const drawn = drawCustomer(1, name, name, chanceFrom(1));
const { tolerance: _, ...known } = drawn.known;
const customer = { ...drawn, known };

function invoice(number: number, open: bigint, over: Partial<OpenInvoice> = {}): OpenInvoice {
  return {
    id: `inv_${number}`,
    customerId: customer.known.id,
    legalEntity: 'YD-SH',
    number: `INV-2025-00000${number}`,
    currency: 'CNY',
    amount: open,
    open,
    issuedOn: '2025-03-01',
    dueOn: '2025-03-31',
    references: {},
    disputed: false,
    ...over,
  };
}

interface Paid {
  readonly paidOn?: string;
  readonly truth: Draft['truth'];
  readonly told?: Partial<Told>;
}

function payment(id: string, amount: bigint, { paidOn = '2025-04-01', truth, told }: Paid): Draft {
  return {
    kind: 'NAME_AND_AMOUNT',
    receipt: {
      id,
      legalEntity: 'YD-SH',
      currency: 'CNY',
      amount,
      paidOn,
      payer: { name: '上海华鑫贸易有限公司' },
      texts: [],
      references: {},
    },
    told: { payer: { known: 'KNOWN', customerId: customer.known.id }, named: [], ...told },
    truth,
    meant: truth.map(({ invoiceId }) => invoiceId),
  };
}

/** The verdicts by receipt; one that misleads has none. */
function verdicts(invoices: OpenInvoice[], ...drafts: Draft[]): Record<string, string> {
  const judged = judge({ customer, invoices, virtualAccounts: [] }, drafts, defaultMatchRules);
  return Object.fromEntries(judged.map(({ draft, verdict }) => [draft.receipt.id, verdict]));
}

describe('the judge', () => {
  test('finds the only three that add up', () => {
    const open = [1_200_00n, 3_450_50n, 780_25n, 2_019_75n, 5_000_00n].map((amount, n) => invoice(n, amount));
    const truth = open.slice(1, 4).map(inFull);
    expect(verdicts(open, payment('r', 6_250_50n, { truth }))).toEqual({ r: 'DECIDABLE' });
  });

  test('cannot tell between two sets of one sum', () => {
    const open = [1_000_00n, 2_500_00n, 1_500_00n, 4_000_00n].map((amount, n) => invoice(n, amount));
    const truth = [open[0], open[3]].map((one) => inFull(one as OpenInvoice));
    expect(verdicts(open, payment('r', 5_000_00n, { truth }))).toEqual({ r: 'UNDECIDABLE' });
  });

  test('takes a set for unproved where more than twelve are open', () => {
    const open = Array.from({ length: 13 }, (_, n) => invoice(n, 2n ** BigInt(n) * 100n + 10_000_00n));
    const truth = open.slice(0, 2).map(inFull);
    const sum = 20_003_00n;
    expect(verdicts(open, payment('r', sum, { truth }))).toEqual({ r: 'UNDECIDABLE' });
    expect(verdicts(open.slice(0, 12), payment('r', sum, { truth }))).toEqual({ r: 'DECIDABLE' });
  });

  test('cannot tell between two invoices of one amount, unless one is named', () => {
    const open = [invoice(1, 1_000_00n), invoice(2, 1_000_00n)];
    const truth = [inFull(open[1] as OpenInvoice)];
    expect(verdicts(open, payment('r', 1_000_00n, { truth }))).toEqual({ r: 'UNDECIDABLE' });
    const named = payment('r', 1_000_00n, { truth, told: { named: open.slice(1) } });
    expect(verdicts(open, named)).toEqual({ r: 'DECIDABLE' });
  });

  test('leaves it open where another receipt takes the other of two invoices of one amount', () => {
    const open = [invoice(1, 1_000_00n), invoice(2, 1_000_00n)];
    const first = payment('first', 1_000_00n, {
      truth: open.slice(0, 1).map(inFull),
      told: { named: open.slice(0, 1) },
    });
    const second = payment('second', 1_000_00n, { truth: open.slice(1).map(inFull) });
    expect(verdicts(open, first, second)).toEqual({ first: 'DECIDABLE', second: 'EITHER' });
  });

  test('gives an amount from nobody known no weight', () => {
    const open = [invoice(1, 1_000_00n)];
    const told = { payer: { known: 'UNKNOWN' as const } };
    expect(verdicts(open, payment('r', 1_000_00n, { truth: open.map(inFull), told }))).toEqual({ r: 'UNDECIDABLE' });
  });

  test('leaves out money on account that happens to be an invoice’s amount', () => {
    expect(verdicts([invoice(1, 1_000_00n)], payment('r', 1_000_00n, { truth: [] }))).toEqual({});
    expect(verdicts([invoice(1, 1_000_00n)], payment('r', 900_00n, { truth: [] }))).toEqual({ r: 'UNDECIDABLE' });
  });

  test('never decides for what is disputed, or paid in another currency', () => {
    const disputed = invoice(1, 1_000_00n, { disputed: true });
    const dollars = invoice(2, 2_000_00n, { currency: 'USD' });
    const one = payment('disputed', 1_000_00n, { truth: [inFull(disputed)], told: { named: [disputed] } });
    const other = payment('dollars', 2_000_00n, { truth: [], told: { named: [dollars] } });
    expect(verdicts([disputed, dollars], one, other)).toEqual({ disputed: 'UNDECIDABLE', dollars: 'UNDECIDABLE' });
  });

  test('grants two percent until the tenth day, rounded half up', () => {
    const discount = { basisPoints: 200, withinDays: 10 };
    expect(discountOn(12_345_67n, discount)).toBe(246_91n);
    const open = [invoice(1, 12_345_67n, { discount }), invoice(2, 70_000_00n)];
    const [{ id: invoiceId }] = open as [OpenInvoice];
    const truth = [{ invoiceId, cash: 12_098_76n, discount: 246_91n, charge: 0n }];
    const onDay = (paidOn: string) => payment('r', 12_098_76n, { paidOn, truth });
    expect(verdicts(open, onDay('2025-03-11'))).toEqual({ r: 'DECIDABLE' });
    expect(verdicts(open, onDay('2025-03-12'))).toEqual({ r: 'UNDECIDABLE' });
    const part = [{ invoiceId, cash: 12_098_76n, discount: 0n, charge: 0n }];
    const late = payment('r', 12_098_76n, { paidOn: '2025-03-12', truth: part, told: { named: open.slice(0, 1) } });
    expect(verdicts(open, late)).toEqual({ r: 'DECIDABLE' });
  });

  test('allows a charge of 1 % and 50.00 at the most', () => {
    const short = (open: bigint, charge: bigint) => {
      const one = invoice(1, open);
      const truth = [{ invoiceId: one.id, cash: open - charge, discount: 0n, charge }];
      return verdicts([one, invoice(2, 9_999_999n)], payment('r', open - charge, { truth }));
    };
    expect(short(5_000_00n, 50_00n)).toEqual({ r: 'DECIDABLE' });
    expect(short(9_000_00n, 50_01n)).toEqual({ r: 'UNDECIDABLE' });
    expect(short(1_000_00n, 10_01n)).toEqual({ r: 'UNDECIDABLE' });
  });

  test('lets the first of two equal payments pay and the second not', () => {
    const open = [invoice(1, 1_000_00n)];
    const first = payment('first', 1_000_00n, { truth: open.map(inFull), told: { named: open, twice: 'FIRST' } });
    const second = payment('second', 1_000_00n, { truth: [], told: { named: open, twice: 'SECOND' } });
    expect(verdicts(open, first, second)).toEqual({ first: 'DECIDABLE', second: 'UNDECIDABLE' });
  });
});
