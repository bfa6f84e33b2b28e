import { describe, expect, it } from 'vitest';
import { isOfSource, obligationIdOf } from '../../../functions/netting/keys.ts';

describe('an obligation', () => {
  it('is one of each reference in each centre, whoever else has the reference', () => {
    const ids = ['ctr_group', 'ctr_other'].map((centreId) => obligationIdOf('demo', centreId, 'R-1'));
    expect(new Set([...ids, obligationIdOf('mine', 'ctr_group', 'R-1')]).size).toBe(3);
  });

  it('is one of each reference in all centres of a tenant where it comes of events', () => {
    for (const reference of ['INVOICES/inv_1', 'POOL_LOANS/dln_1', 'PAYOUTS/stl_1', 'COLLECTIONS/ord_1-S0']) {
      const ids = ['ctr_group', 'ctr_other'].map((centreId) => obligationIdOf('demo', centreId, reference));
      expect(new Set(ids).size).toBe(1);
      expect(obligationIdOf('mine', 'ctr_group', reference)).not.toBe(ids[0]);
    }
  });

  it('comes of events where its reference begins with a source and a slash', () => {
    for (const reference of ['INVOICES', 'INVOICES-1', 'INVOICE/1', 'invoices/1', ' INVOICES/1', 'IC/INVOICES/1']) {
      expect(isOfSource(reference)).toBe(false);
    }
    expect(isOfSource('INVOICES/')).toBe(true);
  });
});
