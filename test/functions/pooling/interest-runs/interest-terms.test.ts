import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { termsFaults } from '../../../../functions/pooling/interest-runs/check-interest-terms.ts';
import { agreedDepositIn, interestTermsIn } from '../../../../functions/pooling/interest-runs/interest-shapes.ts';
import { memberRatesOf } from '../../../../functions/pooling/interest-runs/interest-terms.ts';
import { presentPoolTerms } from '../../../../functions/pooling/interest-runs/present-interest-terms.ts';
import { readPoolTerms } from '../../../../functions/pooling/interest-runs/read-interest-terms.ts';
import type { PoolKind } from '../../../../functions/pooling/pool.ts';
import type { Problem } from '../../../../shared/problems/problem.ts';

const account = (last: string) => `acc_0000000000000000000000000${last}`;
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const rates = (...effective: string[]) => effective.map((effectiveFrom) => ({ effectiveFrom, rate: '1.50' }));
const tiers = (...bounds: string[]) => [
  { effectiveFrom: '2026-01-01', tiers: bounds.map((above) => ({ above: yuan(above), rate: '1.00' })) },
];
const shares = (...percentages: string[]) =>
  percentages.map((percentage, index) => ({ accountId: account(String(index + 1)), percentage }));

const lpr = { name: 'LPR 1Y', rates: rates('2026-01-01') };
const physical = { kind: 'PHYSICAL', currency: 'CNY' } as const;

function pointersOf(schema: z.ZodType, body: unknown): string[] {
  return (schema.safeParse(body).error?.issues ?? []).map(({ path }) => `/${path.join('/')}`);
}

describe('interest terms are refused', () => {
  it.each([
    ['with a rate as a number', { credit: [{ effectiveFrom: '2026-01-01', rate: 1.5 }] }, '/credit/0/rate'],
    ['with a negative rate', { credit: [{ effectiveFrom: '2026-01-01', rate: '-1.5' }] }, '/credit/0/rate'],
    ['with seven decimals', { debit: [{ effectiveFrom: '2026-01-01', rate: '1.0000001' }] }, '/debit/0/rate'],
    ['with neither rate nor tiers', { credit: [{ effectiveFrom: '2026-01-01' }] }, '/credit/0/rate'],
    ['with a rate and tiers', { credit: [{ ...tiers('0')[0], rate: '1.00' }] }, '/credit/0/rate'],
    ['with the mode of tiers on a rate', { credit: [{ ...rates('2026-01-01')[0], mode: 'WHOLE' }] }, '/credit/0/mode'],
    [
      'with a spread as a number',
      { base: lpr, credit: [{ effectiveFrom: '2026-01-01', spread: -1 }] },
      '/credit/0/spread',
    ],
    [
      'with a spread with a plus',
      { base: lpr, credit: [{ effectiveFrom: '2026-01-01', spread: '+1.00' }] },
      '/credit/0/spread',
    ],
    [
      'with a rate and a spread',
      { base: lpr, credit: [{ ...rates('2026-01-01')[0], spread: '1.00' }] },
      '/credit/0/rate',
    ],
    ['with a base rate without a name', { base: { rates: rates('2026-01-01') } }, '/base/name'],
    ['with a base rate of nothing', { base: { ...lpr, rates: [] } }, '/base/rates'],
    [
      'with a base rate whose dates go back',
      { base: { ...lpr, rates: rates('2026-02-01', '2026-01-01') } },
      '/base/rates/1/effectiveFrom',
    ],
    ['with a schedule of nothing', { credit: [] }, '/credit'],
    ['with a date twice', { credit: rates('2026-01-01', '2026-01-01') }, '/credit/1/effectiveFrom'],
    ['with dates that go back', { debit: rates('2026-02-01', '2026-01-01') }, '/debit/1/effectiveFrom'],
    ['with a first tier above zero', { credit: tiers('1.00') }, '/credit/0/tiers/0/above'],
    ['with tiers that do not rise', { credit: tiers('0.00', '5.00', '5.00') }, '/credit/0/tiers/2/above'],
    ['with tiers of nothing', { credit: tiers() }, '/credit/0/tiers'],
    ['with a day that does not exist', { credit: rates('2026-02-30') }, '/credit/0/effectiveFrom'],
    ['with another day count', { dayCount: 'ACT_364' }, '/dayCount'],
    ['with another day count of the debit side', { debitDayCount: 'ACT_364' }, '/debitDayCount'],
    [
      'with percentages that fall short of a hundred',
      { allocation: { method: 'FIXED_PERCENTAGES', shares: shares('33.33', '66.66') } },
      '/allocation/shares',
    ],
    [
      'with percentages above a hundred',
      { allocation: { method: 'FIXED_PERCENTAGES', shares: shares('33.34', '66.67') } },
      '/allocation/shares',
    ],
    [
      'with a ratio of zeros',
      { allocation: { method: 'RATIO', shares: [{ accountId: account('1'), weight: 0 }] } },
      '/allocation/shares',
    ],
    [
      'with a schedule of a member that goes back',
      { members: [{ accountId: account('1'), debit: rates('2026-02-01', '2026-01-01') }] },
      '/members/0/debit/1/effectiveFrom',
    ],
    ['with a field that is not known', { rates: [] }, '/'],
  ])('%s', (_, body, pointer) => {
    expect(pointersOf(interestTermsIn, body)).toEqual([pointer]);
  });

  it.each([
    [['33.33', '66.66'], '99.99'],
    [['33.34', '66.67'], '100.01'],
    [['0.05'], '0.05'],
  ])('with percentages of %s, and told that these are %s', (of, whole) => {
    const { error } = interestTermsIn.safeParse({
      allocation: { method: 'FIXED_PERCENTAGES', shares: shares(...of) },
    });
    expect(error?.issues.map(({ message }) => message)).toEqual([
      `Send percentages that add up to exactly 100; these add up to ${whole}.`,
    ]);
  });

  it('of a deposit whose dates go back', () => {
    const term = { effectiveFrom: '2026-01-01', baseAmount: yuan('0.00'), demandRate: '0.35', agreedRate: '1.15' };
    const body = { payerAccountId: account('1'), terms: [term, term] };
    expect(pointersOf(agreedDepositIn, body)).toEqual(['/terms/1/effectiveFrom']);
  });

  it('with tiers in another currency than the pool’s', () => {
    const above = { amount: '0.00', currency: 'USD' };
    const credit = [{ effectiveFrom: '2026-01-01', tiers: [{ above, rate: '1.00' }] }];
    const request = interestTermsIn.parse({ members: [{ accountId: account('1'), credit }] });
    expect(() => readPoolTerms(request, physical)).toThrowError(
      expect.objectContaining({
        fields: expect.objectContaining({
          errors: [expect.objectContaining({ pointer: '/members/0/credit/0/tiers/0/above/currency' })],
        }),
      }),
    );
  });
});

describe('spreads on a base rate are refused', () => {
  const spreadFrom = (effectiveFrom: string, spread = '0.10') => [{ effectiveFrom, spread }];

  function pointersTold(body: object): string[] {
    try {
      readPoolTerms(interestTermsIn.parse(body), { kind: 'NOTIONAL', currency: 'CNY' });
    } catch (error) {
      return (error as Problem).fields.errors?.flatMap(({ pointer }) => pointer ?? []) ?? [];
    }
    return [];
  }

  it.each([
    ['without a base rate', { credit: spreadFrom('2026-01-01') }, '/credit/0/spread'],
    ['from before the base rate', { base: lpr, debit: spreadFrom('2025-12-31') }, '/debit/0/spread'],
    [
      'of a member from before the base rate',
      { base: lpr, members: [{ accountId: account('1'), credit: spreadFrom('2025-12-31') }] },
      '/members/0/credit/0/spread',
    ],
    [
      'at internal rates from before the base rate',
      {
        base: lpr,
        allocation: { method: 'INTERNAL_RATES', debit: [...rates('2025-01-01'), ...spreadFrom('2025-12-31')] },
      },
      '/allocation/debit/1/spread',
    ],
    ['that are not there, with a base rate for them', { base: lpr, credit: rates('2026-01-01') }, '/base'],
    ['that come to more than can be written', { base: lpr, debit: spreadFrom('2026-01-01', '999') }, '/debit/0/spread'],
  ])('%s', (_, body, pointer) => {
    expect(pointersTold(body)).toEqual([pointer]);
  });

  it('and accepted from the day on which the base rate begins', () => {
    expect(
      pointersTold({ base: lpr, credit: spreadFrom('2026-01-01', '-9.00'), debit: spreadFrom('2026-01-02') }),
    ).toEqual([]);
  });
});

describe('interest terms that do not fit the pool', () => {
  /** Members 1 and 2 in the pool's currency, 3 in dollars; 9 is the header. */
  function faultsOf(kind: PoolKind, body: object, members: readonly string[] = ['1', '2']): string[] {
    const pool = { kind, currency: 'CNY', headerAccountId: account('9') };
    const currencies = new Map(members.map((last) => [account(last), last === '3' ? 'USD' : 'CNY']));
    if (kind === 'NOTIONAL') currencies.set(account('9'), 'CNY');
    const terms = readPoolTerms(interestTermsIn.parse(body), pool);
    return termsFaults(terms, { pool, currencies }).map(({ pointer }) => pointer);
  }
  const central = { allocation: { method: 'CENTRAL' } };

  it('share an advantage only where there is one', () => {
    expect(faultsOf('NOTIONAL', {})).toEqual(['/allocation']);
    expect(faultsOf('NOTIONAL', central)).toEqual([]);
    expect(faultsOf('LEDGER', central)).toEqual(['/allocation']);
    expect(faultsOf('PHYSICAL', { rateSet: 'month-end' })).toEqual(['/rateSet']);
  });

  it('settle loans only where there are loans', () => {
    expect(faultsOf('PHYSICAL', { settlement: 'ACCOUNT' })).toEqual([]);
    for (const settlement of ['ACCOUNT', 'LOAN']) {
      expect(faultsOf('LEDGER', { settlement })).toEqual(['/settlement']);
      expect(faultsOf('NOTIONAL', { ...central, settlement })).toEqual(['/settlement']);
    }
  });

  it('name members, each once', () => {
    const members = ['1', '7', '1'].map((last) => ({ accountId: account(last), credit: rates('2026-01-01') }));
    expect(faultsOf('LEDGER', { members })).toEqual(['/members/1/accountId', '/members/2/accountId']);
    const ratio = { method: 'RATIO', shares: ['1', '9', '7'].map((last) => ({ accountId: account(last), weight: 1 })) };
    expect(faultsOf('NOTIONAL', { allocation: ratio })).toEqual(['/allocation/shares/2/accountId']);
  });

  it('give members of a notional pool no rates of their own', () => {
    const members = [{ accountId: account('1'), debit: rates('2026-01-01') }];
    expect(faultsOf('NOTIONAL', { ...central, members })).toEqual(['/members/0/debit']);
  });

  it('say how a member of another currency is counted and settled', () => {
    const pointers = (body: object) => faultsOf('NOTIONAL', { ...central, ...body }, ['1', '3']);
    expect(pointers({})).toEqual(['/rateSet', '/members']);
    const settled = (last: string) => [{ accountId: account('3'), settlementAccountId: account(last) }];
    expect(pointers({ rateSet: 'month-end', members: settled('8') })).toEqual([]);
    expect(pointers({ rateSet: 'month-end', members: settled('9') })).toEqual(['/members/0/settlementAccountId']);
  });
});

describe('the settlement of interest', () => {
  const settlementOf = (kind: PoolKind, body: object) =>
    readPoolTerms(interestTermsIn.parse(body), { kind, currency: 'CNY' }).settlement;

  it('is by the loan in a physical pool where nothing else is agreed, and nothing in the others', () => {
    expect(settlementOf('PHYSICAL', {})).toBe('LOAN');
    expect(settlementOf('PHYSICAL', { settlement: 'ACCOUNT' })).toBe('ACCOUNT');
    expect(settlementOf('LEDGER', {})).toBeUndefined();
    expect(settlementOf('NOTIONAL', {})).toBeUndefined();
  });
});

describe('interest terms with a base rate', () => {
  const body = {
    dayCount: 'ACT_365F',
    debitDayCount: 'ACT_360',
    debitSegmented: false,
    base: { name: 'LPR 1Y', rates: [...rates('2026-01-01'), { effectiveFrom: '2026-02-15', rate: '3.00' }] },
    credit: [
      { effectiveFrom: '2025-01-01', rate: '1.20' },
      { effectiveFrom: '2026-01-01', spread: '-1.60' },
    ],
    debit: [{ effectiveFrom: '2026-01-01', spread: '0.85' }],
    members: [{ accountId: account('1'), debit: [{ effectiveFrom: '2026-03-01', spread: '0.00' }] }],
  };
  const terms = () => readPoolTerms(interestTermsIn.parse(body), physical);

  it('are shown in the form in which they were set', () => {
    const cause = { client: 'test', role: 'treasurer', requestId: 'test' };
    const stored = { tenant: 't', ownerId: 'pool', version: 1, content: terms(), setAt: '', cause };
    expect(presentPoolTerms(stored, 'CNY')).toMatchObject(body);
  });

  it('price a member by its own spread from its first day on; until then by that of all', () => {
    expect(memberRatesOf(terms()).get(account('1'))?.debit).toEqual([
      { from: '2026-01-01', rate: 2_350_000n },
      { from: '2026-02-15', rate: 3_850_000n },
      { from: '2026-03-01', rate: 3_000_000n },
    ]);
  });
});

describe('a member’s own rates', () => {
  it('count from their first day on; until then, those of all', () => {
    const body = { credit: rates('2026-01-01', '2026-06-01') };
    const own = [{ effectiveFrom: '2026-03-01', rate: '2.00' }];
    const terms = readPoolTerms(
      interestTermsIn.parse({ ...body, members: [{ accountId: account('1'), credit: own }] }),
      physical,
    );
    expect(memberRatesOf(terms).get(account('1'))).toEqual({
      credit: [
        { from: '2026-01-01', rate: 1_500_000n },
        { from: '2026-03-01', rate: 2_000_000n },
      ],
    });
  });
});
