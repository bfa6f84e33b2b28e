import { describe, expect, it } from 'vitest';
import { type BatchLine, planBatch } from '../../../../functions/collection/batches/plan-batch.ts';
import { aMandate } from '../mandates/mandates.ts';

const on = { date: '2026-03-02', at: '2026-03-02T02:00:00.000Z' };
const aLine: BatchLine = {
  line: 1,
  mandateId: 'man_1',
  amount: 100_000n,
  currency: 'CNY',
  references: {},
  splitAboveLimit: false,
};

function plan(more: Partial<BatchLine>, mandate = aMandate(), currency = 'CNY') {
  return planBatch([{ ...aLine, ...more }], currency, () => mandate, on);
}

const refusal = (...asked: Parameters<typeof plan>) => plan(...asked).refused[0]?.refusal;

describe('a line of a batch', () => {
  it('is due on the day of the batch unless it says another', () => {
    expect(plan({}).items[0]?.dueOn).toBe('2026-03-02');
    expect(plan({ dueDate: '2026-03-31' }).items[0]?.dueOn).toBe('2026-03-31');
  });

  it('may be due from today to a year ahead, both included', () => {
    expect(plan({ dueDate: '2026-03-02' }).refused).toEqual([]);
    expect(plan({ dueDate: '2027-03-02' }).refused).toEqual([]);
    const outside = { code: 'DUE_DATE', earliest: '2026-03-02', latest: '2027-03-02' };
    expect(refusal({ dueDate: '2026-03-01' })).toEqual(outside);
    expect(refusal({ dueDate: '2027-03-03' })).toEqual(outside);
  });

  it('is refused where it is due before its mandate begins or after it ends', () => {
    const mandate = aMandate({ validFrom: '2026-03-10', validTo: '2026-03-20' });
    expect(refusal({ dueDate: '2026-03-09' }, mandate)).toEqual({
      code: 'MANDATE_NOT_YET_VALID',
      validFrom: '2026-03-10',
    });
    expect(plan({ dueDate: '2026-03-20' }, mandate).refused).toEqual([]);
    expect(refusal({ dueDate: '2026-03-21' }, mandate)).toEqual({ code: 'MANDATE_NOT_ACTIVE', state: 'EXPIRED' });
  });

  it('that names the payer names the one of the mandate, to the letter', () => {
    expect(plan({ payerName: '张三' }).refused).toEqual([]);
    expect(refusal({ payerName: '张叁' })).toEqual({ code: 'PAYER_NAME' });
    expect(refusal({ payerName: '张三 ' })).toEqual({ code: 'PAYER_NAME' });
  });

  it('is in the currency of the account and of the mandate', () => {
    expect(refusal({ currency: 'EUR' })).toEqual({ code: 'ACCOUNT_CURRENCY', currency: 'CNY' });
    expect(refusal({}, aMandate({ currency: 'EUR' }))).toEqual({ code: 'CURRENCY', currency: 'EUR' });
    expect(plan({ currency: 'EUR' }, aMandate({ currency: 'EUR' }), 'EUR').refused).toEqual([]);
  });

  it('remembers that its payer is a person, and nothing of a company', () => {
    const { payer } = aMandate();
    expect(plan({}).items[0]?.payerKind).toBeUndefined();
    expect(plan({}, aMandate({ payer: { ...payer, kind: 'PERSON' } })).items[0]?.payerKind).toBe('PERSON');
  });

  it('is told only the first thing that is wrong with it', () => {
    expect(refusal({ payerName: '李四', dueDate: '2020-01-01', currency: 'EUR' })).toEqual({ code: 'PAYER_NAME' });
  });

  it('is not cut into more than two hundred pieces', () => {
    const mandate = aMandate({ limits: { perTransaction: 10n } });
    expect(plan({ amount: 2_000n, splitAboveLimit: true }, mandate).items).toHaveLength(200);
    expect(refusal({ amount: 2_001n, splitAboveLimit: true }, mandate)).toEqual({
      ...{ code: 'TOO_MANY_PIECES', pieces: 201, most: 200 },
    });
  });

  it('that is accepted waits with all that it said, and with no room taken yet', () => {
    const references = { order: 'SO-1' };
    expect(plan({ line: 7, description: '水费', references }).items).toEqual([
      {
        line: 7,
        piece: 1,
        mandateId: 'man_1',
        amount: 100_000n,
        currency: 'CNY',
        dueOn: '2026-03-02',
        acceptedAt: on.at,
        description: '水费',
        references,
        tries: [],
      },
    ]);
  });
});
