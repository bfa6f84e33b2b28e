import { describe, expect, it } from 'vitest';
import { mandateIn } from '../../../../functions/collection/mandates/mandate-shapes.ts';
import { presentMandate } from '../../../../functions/collection/mandates/present-mandate.ts';
import { readMandate } from '../../../../functions/collection/mandates/read-mandate.ts';
import { aMandate } from './mandates.ts';

const account = { type: 'ACCOUNT', number: '32001881236052505123', bank: { cnaps: '105100000017' } } as const;
const card = { type: 'CARD', number: '6222021234567894', bank: { cnaps: '105100000017' } } as const;

describe('a payer', () => {
  const read = (payer: object) => {
    const terms = { agreementNumber: 'XY', currency: 'CNY', signedOn: '2026-01-05', validFrom: '2026-01-05' };
    return readMandate(mandateIn.parse({ ...terms, payer }), new Date('2026-03-02T02:00:00.000Z')).payer.kind;
  };
  const shown = (payer: object) => {
    const mandate = aMandate();
    return presentMandate({ ...mandate, payer: { ...mandate.payer, ...payer } }, '2026-03-02').payer.kind;
  };

  it('with an account is a company, and with a card a person', () => {
    expect(read({ name: '江南机械厂', account })).toBe('COMPANY');
    expect(read({ name: '张三', account: card })).toBe('PERSON');
  });

  it('is what the request says, whatever it pays from', () => {
    expect(read({ name: '张三', kind: 'PERSON', account })).toBe('PERSON');
    expect(read({ name: '江南机械厂', kind: 'COMPANY', account: card })).toBe('COMPANY');
  });

  it('of a mandate that was stored without a kind is shown with that of its account', () => {
    expect([shown({ account }), shown({ account: card }), shown({ kind: 'PERSON', account })]).toEqual([
      'COMPANY',
      'PERSON',
      'PERSON',
    ]);
  });
});
