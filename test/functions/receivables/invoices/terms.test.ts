import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDue, readTerms, termsText } from '../../../../functions/receivables/invoices/terms.ts';

const twoTen = { basisPoints: 200, withinDays: 10 };

describe('terms of payment', () => {
  it.each([
    ['2/10 net 30', { discount: twoTen, netDays: 30 }],
    ['2/10, n/30', { discount: twoTen, netDays: 30 }],
    ['2%/10 NET30', { discount: twoTen, netDays: 30 }],
    ['２／１０　ｎｅｔ　３０', { discount: twoTen, netDays: 30 }],
    ['1.5/10 net 45', { discount: { basisPoints: 150, withinDays: 10 }, netDays: 45 }],
    ['0.25/7', { discount: { basisPoints: 25, withinDays: 7 } }],
    ['net 60', { netDays: 60 }],
    ['n/0', { netDays: 0 }],
  ])('%s are read', (text, terms) => {
    expect(readTerms(text)).toEqual({ terms });
  });

  it.each([
    '',
    'net',
    '2/10 EOM',
    'due on receipt',
    '2/10 net 30 net 60',
    '2/10net',
    '100/10 net 30',
    '0/10 net 30',
    '2/40 net 30',
    'net 9999',
    '-2/10 net 30',
    '2.555/10',
    '2/10 3/20 net 30',
  ])('%j are refused', (text) => {
    expect(readTerms(text).fault).toMatch(/^(Send|A discount|The discount)/);
  });

  it('that are printed and read again are the same', () => {
    const discount = fc.record({ basisPoints: fc.integer({ min: 1, max: 9_999 }), withinDays: fc.nat(365) });
    fc.assert(
      fc.property(fc.option(discount, { nil: undefined }), fc.nat(365), (asked, more) => {
        const terms = { ...(asked && { discount: asked }), netDays: (asked?.withinDays ?? 0) + more };
        expect(readTerms(termsText(terms) ?? '')).toEqual({ terms });
      }),
    );
  });
});

describe('the due day', () => {
  it('is the one given, or the one of the terms: 30 days from 2 March are 1 April', () => {
    expect(readDue('2026-03-02', '2026-03-31', undefined)).toEqual({ dueOn: '2026-03-31' });
    expect(readDue('2026-03-02', undefined, '2/10 net 30')).toEqual({ dueOn: '2026-04-01', discount: twoTen });
    expect(readDue('2026-03-02', '2026-04-01', '2/10 net 30')).toEqual({ dueOn: '2026-04-01', discount: twoTen });
    expect(readDue('2026-03-02', '2026-05-01', '2/10')).toEqual({ dueOn: '2026-05-01', discount: twoTen });
    expect(readDue('2026-03-02', '2026-03-02', undefined)).toEqual({ dueOn: '2026-03-02' });
  });

  it.each([
    ['missing', undefined, undefined, 'dueOn'],
    ['missing beside a discount alone', undefined, '2/10', 'dueOn'],
    ['before the issue', '2026-03-01', undefined, 'dueOn'],
    ['another than the terms say', '2026-04-02', 'net 30', 'dueOn'],
    ['years off', '2036-03-02', undefined, 'dueOn'],
    ['before the discount ends', '2026-03-11', '2/10', 'terms'],
    ['given by terms that cannot be read', '2026-04-01', 'soon', 'terms'],
  ])('is refused where it is %s', (_, dueOn, terms, field) => {
    expect(readDue('2026-03-02', dueOn, terms).fault).toMatchObject({ field });
  });
});
