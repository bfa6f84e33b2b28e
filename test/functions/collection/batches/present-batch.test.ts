import { describe, expect, it } from 'vitest';
import { itemOut } from '../../../../functions/collection/batches/batch-shapes.ts';
import { presentItem, presentItems } from '../../../../functions/collection/batches/present-batch.ts';
import { anItem, aTry } from '../items/items.ts';
import { aMandate } from '../mandates/mandates.ts';

const payer = {
  name: '江南机械厂',
  account: { type: 'ACCOUNT', number: '32001881236052505101', bank: { cnaps: '102100099996' } },
} as const;

describe('an item as the API shows it', () => {
  const mandates = new Map([['man_1', aMandate({ id: 'man_1', agreementNumber: 'XY-1', payer })]]);

  it('says under which agreement it is collected, and from whom, but not from which account', () => {
    const [shown] = presentItems([anItem(aTry())], mandates);
    expect(shown).toMatchObject({ mandateId: 'man_1', agreementNumber: 'XY-1', payerName: '江南机械厂' });
    expect(JSON.stringify(shown)).not.toContain(payer.account.number);
    expect(itemOut.parse(shown)).toEqual(shown);
  });

  it('says that it is not booked, and why, as long as the ledger refuses it or its fee', () => {
    const settled = { state: 'SETTLED', settled: 100_000n } as const;
    const held = { held: true, refusals: 1, askAgainAt: '2026-03-02T03:00:00.000Z' } as const;
    const shown = (booked: Parameters<typeof aTry>[0] = {}) => {
      const { booked: isBooked, ledgerCode } = presentItem(anItem(aTry({ ...settled, ...booked })));
      return [isBooked, ledgerCode];
    };
    expect(shown({ booked: { held: true } })).toEqual([undefined, undefined]);
    const refusedFor = 'ledger/account-closed';
    expect(shown({ booked: { ...held, refusedFor } })).toEqual([false, refusedFor]);
    const feeRefusedFor = 'ledger/insufficient-funds';
    expect(shown({ booked: { held: true, ended: true, feeWith: 'o1', feeRefusedFor } })).toEqual([
      false,
      feeRefusedFor,
    ]);
  });
});
