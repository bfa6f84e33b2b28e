import { describe, expect, test } from 'vitest';
import {
  byAccount,
  byName,
  decide,
  decideAll,
  huaxing,
  invoice,
  minor,
  paid,
  receipt,
  suggested,
  yuanda,
} from './items.ts';

const thousand = invoice({ number: 'A-1', amount: '1,000.00' });
const larger = invoice({ number: 'A-2', amount: '2,500.00', dueOn: '2026-02-10' });
const yuandas = invoice({ number: 'B-1', amount: '1,000.00', customerId: yuanda.id });

describe('an amount of a known payer', () => {
  test.each([
    ['by its account', byAccount, 'KNOWN_ACCOUNT_AND_AMOUNT'],
    ['by its name', byName, 'NAME_AND_AMOUNT'],
    ['by an alias', { name: '華興科技' }, 'NAME_AND_AMOUNT'],
    ['by its name in traditional characters and full width', { name: '深圳市華興科技（有限公司）' }, 'NAME_AND_AMOUNT'],
    ['by its account, the name misspelt', { ...byAccount, name: '深圳市华新科技有限公司' }, 'KNOWN_ACCOUNT_AND_AMOUNT'],
    [
      'by its account, as 有限责任公司',
      { ...byAccount, name: '深圳市华兴科技有限责任公司' },
      'KNOWN_ACCOUNT_AND_AMOUNT',
    ],
  ])('pays the one invoice of it, the payer known %s', (_, payer, rule) => {
    const decision = decide(receipt({ amount: '1,000.00', payer }), [thousand, larger, yuandas]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', customerId: 'cu_hx', explanation: { rule, onAccount: 0n } });
    expect(paid(decision)).toEqual({ 'A-1': minor('1000.00') });
  });

  test.each([
    ['a misspelt name', { name: '深圳市华新科技有限公司' }],
    ['a name that a bank has cut', { name: '深圳市华兴科技有' }],
    ['a name as 有限责任公司', { name: '深圳市华兴科技有限责任公司' }],
    ['a name without 市', { name: '深圳华兴科技有限公司' }],
  ])('%s is only a suggestion', (_, payer) => {
    const decision = decide(receipt({ amount: '1,000.00', payer }), [thousand, larger, yuandas]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
    expect(decision).not.toHaveProperty('customerId');
    expect(suggested(decision)[0]).toEqual(['A-1']);
  });

  test.each([
    ['a branch', '深圳市华兴科技有限公司北京分公司'],
    ['another form of company', '深圳市华兴科技股份有限公司'],
    ['another place', '华兴(北京)科技有限公司'],
    ['nobody', undefined],
  ])('%s is another payer: the amount alone says nothing for sure', (_, name) => {
    const payer = name === undefined ? {} : { name };
    const decision = decide(receipt({ amount: '1,000.00', payer }), [thousand, larger]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'UNKNOWN_PAYER' });
    expect(decision.alternatives[0]?.score).toBeLessThan(500);
  });

  test('two invoices of the amount are a suggestion of both', () => {
    const twin = invoice({ number: 'A-9', amount: '1,000.00' });
    const decision = decide(receipt({ amount: '1,000.00', payer: byAccount }), [thousand, twin]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS', customerId: 'cu_hx' });
    expect(suggested(decision)).toContainEqual(['A-1']);
    expect(suggested(decision)).toContainEqual(['A-9']);
  });

  test('a reference tells two invoices of the amount apart', () => {
    const twin = invoice({ number: 'INV-2026-0009', amount: '1,000.00' });
    const naming = receipt({ amount: '1,000.00', payer: byAccount, text: 'inv20260009' });
    expect(paid(decide(naming, [thousand, twin]))).toEqual({ 'INV-2026-0009': minor('1000.00') });
  });

  test('a name that two customers share is no known payer', () => {
    const twin = { ...yuanda, names: [...huaxing.names] };
    const paying = receipt({ amount: '2,500.00', payer: byName });
    expect(decide(paying, [thousand, larger], { customers: [huaxing, twin] })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('an account that two customers pay from leaves it to the name, also as 有限责任公司', () => {
    const shared = { ...yuanda, accountKeys: ['key_hx'] };
    const customers = [huaxing, shared];
    const named = receipt({ amount: '1,000.00', payer: { ...byAccount, name: '深圳市华兴科技有限责任公司' } });
    expect(paid(decide(named, [thousand, yuandas], { customers }))).toEqual({ 'A-1': minor('1000.00') });
    const nameless = receipt({ amount: '1,000.00', payer: byAccount });
    expect(decide(nameless, [thousand, yuandas], { customers })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('an account of one customer under the name of another is no known payer', () => {
    const paying = receipt({ amount: '1,000.00', payer: { ...byAccount, name: '远大贸易（上海）有限公司' } });
    expect(decide(paying, [thousand, larger])).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
  });

  test('an invoice in dispute is suggested', () => {
    const disputed = invoice({ number: 'A-1', amount: '1,000.00', disputed: true });
    expect(decide(receipt({ amount: '1,000.00', payer: byAccount }), [disputed, larger])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'DISPUTED',
    });
  });

  test('an invoice in another currency or of another entity is never paid', () => {
    for (const foreign of [{ currency: 'USD' }, { legalEntity: 'le_bj' }]) {
      const elsewhere = invoice({ number: 'A-1', amount: '1,000.00', ...foreign });
      expect(decide(receipt({ amount: '1,000.00', payer: byAccount }), [elsewhere])).toMatchObject({
        outcome: 'SUGGESTED',
        exception: 'CURRENCY',
        alternatives: [{ allocations: [], onAccount: minor('1000.00') }],
      });
    }
  });

  test('more than is owed at all is an overpayment that a person looks at', () => {
    const decision = decide(receipt({ amount: '4,000.00', payer: byAccount }), [thousand, larger]);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'OVERPAID' });
    expect(decision.alternatives[0]).toMatchObject({ onAccount: minor('500.00') });
  });
});

describe('a virtual account', () => {
  const ofPayer = { accountKey: 'va_1', customerId: 'cu_hx' };
  const ofContract = { ...ofPayer, accountKey: 'va_2', reference: 'HT-2026-018' };
  const contract = { references: { contract: 'HT-2026-018' } };
  const first = invoice({ number: 'C-1', amount: '300.00', ...contract });
  const second = invoice({ number: 'C-2', amount: '500.00', ...contract });
  const virtualAccounts = [ofPayer, ofContract];

  test('says who pays, whatever the name', () => {
    const paying = receipt({
      amount: '1,000.00',
      virtualAccountKey: 'va_1',
      payer: { name: '远大贸易(上海)有限公司' },
    });
    const decision = decide(paying, [thousand, larger, yuandas], { virtualAccounts });
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'VIRTUAL_ACCOUNT' } });
    expect(paid(decision)).toEqual({ 'A-1': minor('1000.00') });
  });

  test.each([
    ['all', '800.00', { 'C-1': minor('300.00'), 'C-2': minor('500.00') }, 0n],
    ['the one of the amount', '500.00', { 'C-2': minor('500.00') }, 0n],
    ['all, with a surplus on account', '900.00', { 'C-1': minor('300.00'), 'C-2': minor('500.00') }, minor('100.00')],
  ])('of a contract pays its invoices: %s', (_, amount, pays, onAccount) => {
    const twin = invoice({ number: 'D-2', amount: '500.00' });
    const paying = receipt({ amount, virtualAccountKey: 'va_2' });
    const decision = decide(paying, [first, second, twin, thousand], { virtualAccounts });
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'VIRTUAL_ACCOUNT', onAccount } });
    expect(paid(decision)).toEqual(pays);
  });

  test('of a contract with one open invoice is paid in parts', () => {
    const decision = decide(receipt({ amount: '100.00', virtualAccountKey: 'va_2' }), [first, thousand], {
      virtualAccounts,
    });
    expect(decision).toMatchObject({ outcome: 'MATCHED', exception: 'SHORT_PAID' });
    expect(paid(decision)).toEqual({ 'C-1': minor('100.00') });
  });

  test('says nothing where its rule is off', () => {
    const paying = receipt({ amount: '1,000.00', virtualAccountKey: 'va_1' });
    expect(decide(paying, [thousand], { virtualAccounts }, { off: ['VIRTUAL_ACCOUNT'] })).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'UNKNOWN_PAYER',
    });
  });
});

describe('a set of invoices', () => {
  const open = (amounts: readonly string[]) =>
    amounts.map((amount, at) => invoice({ number: `S-${at + 1}`, amount, dueOn: `2026-02-${String(at + 10)}` }));

  test('is paid where it is the only one: 6,250.50 of five invoices', () => {
    const invoices = open(['1,200.00', '3,450.50', '780.25', '2,019.75', '5,000.00']);
    const decision = decide(receipt({ amount: '6,250.50', payer: byAccount }), invoices);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'SET_OF_INVOICES', onAccount: 0n } });
    expect(paid(decision)).toEqual({ 'S-2': minor('3450.50'), 'S-3': minor('780.25'), 'S-4': minor('2019.75') });
  });

  test('is a suggestion where there are two: 5,000 of 1,000; 2,500; 1,500; 4,000', () => {
    const decision = decide(
      receipt({ amount: '5,000.00', payer: byAccount }),
      open(['1,000.00', '2,500.00', '1,500.00', '4,000.00']),
    );
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(suggested(decision).slice(0, 2)).toEqual([
      ['S-1', 'S-2', 'S-3'],
      ['S-1', 'S-4'],
    ]);
  });

  test('comes after one invoice of exactly the amount', () => {
    const decision = decide(
      receipt({ amount: '2,500.00', payer: byAccount }),
      open(['1,000.00', '2,500.00', '1,500.00']),
    );
    expect(paid(decision)).toEqual({ 'S-2': minor('2500.00') });
  });

  test('of more invoices than a set may hold is a suggestion', () => {
    const six = open(['1.01', '2.02', '4.04', '8.08', '16.16', '32.32', '1,000.00']);
    const paying = receipt({ amount: '63.63', payer: byAccount });
    expect(decide(paying, six)).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(decide(paying, six, {}, { setSizeMax: 6 }).outcome).toBe('MATCHED');
  });

  test('is not proved to be the only one where invoices were left out of the search', () => {
    const many = open(Array.from({ length: 13 }, (_, at) => `${2 ** at}.00`));
    const paying = receipt({ amount: '4,096.00', payer: byAccount });
    expect(decide(paying, many.slice(0, 12)).outcome).toBe('SUGGESTED');
    const three = receipt({ amount: '2,051.00', payer: byAccount });
    expect(decide(three, many.slice(0, 12)).outcome).toBe('MATCHED');
    // All thirteen are below 8,000.00.
    const cut = receipt({ amount: '4,099.00', payer: byAccount });
    expect(decide(cut, many)).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    expect(decide(cut, many, {}, { setCandidatesMax: 13 }).outcome).toBe('MATCHED');
  });

  test('takes the discount of each invoice that is paid early', () => {
    const discount = { basisPoints: 200, withinDays: 10 };
    const invoices = [
      invoice({ number: 'S-1', amount: '1,000.00', discount }),
      invoice({ number: 'S-2', amount: '333.33' }),
      invoice({ number: 'S-3', amount: '7,000.00', discount }),
    ];
    const early = receipt({ amount: '1,313.33', paidOn: '2026-01-15', payer: byAccount });
    const decision = decide(early, invoices);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'SET_OF_INVOICES' } });
    expect(decision.explanation?.allocations).toEqual([
      { invoiceId: 'S-1', cash: minor('980.00'), discount: minor('20.00'), charge: 0n },
      { invoiceId: 'S-2', cash: minor('333.33'), discount: 0n, charge: 0n },
    ]);
    expect(decide({ ...early, paidOn: '2026-01-16' }, invoices).outcome).toBe('SUGGESTED');
  });

  test('with an invoice in dispute is suggested', () => {
    const invoices = open(['1,000.00', '2,500.00']).map((one) => ({ ...one, disputed: one.number === 'S-1' }));
    const decision = decide(receipt({ amount: '3,500.00', payer: byAccount }), invoices);
    expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'DISPUTED' });
  });

  test('is looked for within bounds: a payer with 2,000 open invoices does not stall', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => {
      return invoice({ number: `M-${at}`, amount: `${1_000 + at}.${String(10 + (at % 89))}` });
    });
    const receipts = Array.from({ length: 200 }, (_, at) =>
      receipt({ id: `r${at}`, amount: `${5_000 + 13 * at}.37`, payer: byAccount }),
    );
    const decisions = decideAll({ receipts, invoices: many });
    expect(decisions.filter(({ outcome }) => outcome === 'MATCHED')).toEqual([]);
  });
});

describe('one invoice in several receipts', () => {
  test('is cleared step by step, the last within tolerance', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '10,000.00' });
    const part = (id: string, amount: string, paidOn: string) => receipt({ id, amount, paidOn, payer: byAccount });
    const receipts = [
      part('r3', '2,995.00', '2026-01-12'),
      part('r1', '4,000.00', '2026-01-10'),
      part('r2', '3,000.00', '2026-01-11'),
    ];
    const decisions = decideAll({ receipts, invoices: [only] });
    expect(decisions.map(({ explanation }) => explanation?.rule)).toEqual([
      'PART_PAYMENT',
      'PART_PAYMENT',
      'TOLERANCE',
    ]);
    expect(decisions.map(({ exception }) => exception)).toEqual([undefined, undefined, undefined]);
    expect(decisions[2]?.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('2995.00'), discount: 0n, charge: minor('5.00') },
    ]);
  });

  test('of one day is cleared the same, whichever comes first', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
    const text = 'INV-2026-0012';
    const receipts = [receipt({ id: 'r1', amount: '397.00', text }), receipt({ id: 'r2', amount: '600.00', text })];
    const decisions = decideAll({ receipts, invoices: [only] });
    expect(decisions.map(({ explanation }) => explanation?.allocations)).toEqual([
      [{ invoiceId: 'INV-2026-0012', cash: minor('397.00'), discount: 0n, charge: minor('3.00') }],
      [{ invoiceId: 'INV-2026-0012', cash: minor('600.00'), discount: 0n, charge: 0n }],
    ]);
  });

  test('stays short as long as something is open', () => {
    const only = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
    const decision = decide(receipt({ amount: '400.00', payer: byName }), [only]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT' },
      exception: 'SHORT_PAID',
    });
  });

  test('is not found by a part where the payer owes another one', () => {
    expect(decide(receipt({ amount: '400.00', payer: byName }), [thousand, larger])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
      alternatives: [{ allocations: [{ invoiceId: 'A-1', cash: minor('400.00') }] }],
    });
  });
});

describe('terms', () => {
  const terms = { basisPoints: 200, withinDays: 10 };
  const early = invoice({ number: 'INV-2026-0012', amount: '12,345.67', issuedOn: '2026-01-05', discount: terms });

  test.each([
    ['with a reference', { text: 'INV-2026-0012' }],
    ['without, of the only invoice', { payer: byAccount }],
  ])('2/10: 12,345.67 paid on day ten as 12,098.76 clears with 246.91, %s', (_, given) => {
    const decision = decide(receipt({ amount: '12,098.76', paidOn: '2026-01-15', ...given }), [early]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'EARLY_PAYMENT_DISCOUNT', onAccount: 0n },
    });
    expect(decision).not.toHaveProperty('exception');
    expect(decision.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('12098.76'), discount: minor('246.91'), charge: 0n },
    ]);
  });

  test('on day eleven it is a part payment', () => {
    const late = receipt({ amount: '12,098.76', paidOn: '2026-01-16', text: 'INV-2026-0012' });
    const decision = decide(late, [early]);
    expect(decision).toMatchObject({
      outcome: 'MATCHED',
      explanation: { rule: 'PART_PAYMENT' },
      exception: 'SHORT_PAID',
    });
    expect(paid(decision)).toEqual({ 'INV-2026-0012': minor('12098.76') });
  });

  test('are found among several invoices of a known payer', () => {
    const discounted = receipt({ amount: '12,098.76', paidOn: '2026-01-15', payer: byName });
    expect(decide(discounted, [early, thousand, larger]).explanation?.rule).toBe('EARLY_PAYMENT_DISCOUNT');
    const charged = receipt({ amount: '2,480.00', payer: byName });
    const decision = decide(charged, [early, thousand, larger]);
    expect(decision).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'TOLERANCE' } });
  });

  test('that fit two invoices explain neither', () => {
    const near = invoice({ number: 'A-3', amount: '2,490.00' });
    expect(decide(receipt({ amount: '2,480.00', payer: byName }), [near, larger])).toMatchObject({
      outcome: 'SUGGESTED',
      exception: 'AMBIGUOUS',
    });
  });

  test('take the discount and a charge of a named invoice', () => {
    const decision = decide(receipt({ amount: '12,078.76', paidOn: '2026-01-15', text: 'INV-2026-0012' }), [early]);
    expect(decision.explanation?.allocations).toEqual([
      { invoiceId: 'INV-2026-0012', cash: minor('12078.76'), discount: minor('246.91'), charge: minor('20.00') },
    ]);
  });

  test('take what was paid in part before into account', () => {
    // 2 % of 12,345.67 is 246.91; 12,345.67 - 2,345.67 - 246.91 = 9,753.09.
    const rest = invoice({ number: 'INV-2026-0012', amount: '12,345.67', open: '10,000.00', discount: terms });
    const decision = decide(receipt({ amount: '9,753.09', paidOn: '2026-01-15', text: 'INV-2026-0012' }), [rest]);
    expect(decision.explanation?.allocations[0]).toMatchObject({ discount: minor('246.91') });
  });

  test('are not looked at where their rules are off', () => {
    const rules = { off: ['EARLY_PAYMENT_DISCOUNT' as const, 'TOLERANCE' as const] };
    const paying = receipt({ amount: '12,098.76', paidOn: '2026-01-15', text: 'INV-2026-0012' });
    expect(decide(paying, [early], {}, rules).explanation?.rule).toBe('PART_PAYMENT');
  });
});

describe('the same money claimed twice', () => {
  const named = invoice({ number: 'INV-2026-0012', amount: '1,000.00' });
  const twin = invoice({ number: 'INV-2026-0099', amount: '1,000.00', dueOn: '2026-03-01' });
  const text = 'INV-2026-0012';

  test('a surer rule takes an invoice before a weaker one', () => {
    const receipts = [
      receipt({ id: 'r1', amount: '1,000.00', payer: byAccount, paidOn: '2026-01-10' }),
      receipt({ id: 'r2', amount: '1,000.00', text, paidOn: '2026-01-20' }),
    ];
    const [byAmount, byReference] = decideAll({ receipts, invoices: [named] });
    expect(byReference).toMatchObject({ outcome: 'MATCHED', explanation: { rule: 'REFERENCE' } });
    expect(byAmount).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
  });

  test('a later payment of the same is a duplicate, and does not go to an invoice of the same amount', () => {
    const receipts = ['2026-01-12', '2026-01-10'].map((paidOn, at) =>
      receipt({ id: `r${at}`, amount: '1,000.00', text, payer: byName, paidOn }),
    );
    const [later, earlier] = decideAll({ receipts, invoices: [named, twin] });
    expect(earlier).toMatchObject({ outcome: 'MATCHED' });
    expect(later).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE', alternatives: [{ allocations: [] }] });
  });

  test('payments of one day have equal right: both are held', () => {
    const receipts = ['r1', 'r2'].map((id) => receipt({ id, amount: '1,000.00', text, payer: byName }));
    for (const decision of decideAll({ receipts, invoices: [named, twin] })) {
      expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
    }
    const others = ['700.00', '800.00'].map((amount, at) => receipt({ id: `r${at}`, amount, text, payer: byName }));
    for (const decision of decideAll({ receipts: others, invoices: [named, twin] })) {
      expect(decision).toMatchObject({ outcome: 'SUGGESTED', exception: 'AMBIGUOUS' });
    }
  });

  test('what names an invoice that another has paid stays on account', () => {
    const receipts = [
      receipt({ id: 'r1', amount: '1,000.00', text, paidOn: '2026-01-10' }),
      receipt({ id: 'r2', amount: '750.00', text, payer: byName, paidOn: '2026-01-11' }),
    ];
    const [, second] = decideAll({ receipts, invoices: [named, twin] });
    expect(second).toMatchObject({ outcome: 'SUGGESTED', exception: 'OVERPAID', alternatives: [{ allocations: [] }] });
  });

  test('an amount that cleared an invoice a few days before is no part of another', () => {
    const receipts = ['2026-01-10', '2026-01-13'].map((paidOn, at) =>
      receipt({ id: `r${at}`, amount: '1,000.00', payer: byAccount, paidOn }),
    );
    const [first, second] = decideAll({ receipts, invoices: [thousand, larger] });
    expect(first?.outcome).toBe('MATCHED');
    expect(second).toMatchObject({ outcome: 'SUGGESTED', exception: 'DUPLICATE' });
  });
});
