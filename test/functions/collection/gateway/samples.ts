import type { BankMessage, BankOrder } from '../../../../functions/collection/gateway/bank-gateway.ts';

/** 2026-03-02, a Monday, 10:10 in Shanghai. */
export const handedAt = new Date('2026-03-02T02:10:00.000Z');

export const creditor = {
  name: '华东集团有限公司',
  number: '32001881236052500099',
  bank: { cnaps: '105100000017' },
} as const;

/** 1,234.56 over IBPS from an account with this end. */
export function orderOf(id: string, suffix = '5123', more: Partial<BankOrder> = {}): BankOrder {
  return {
    id,
    railKind: 'IBPS',
    amount: 123_456n,
    currency: 'CNY',
    payer: { name: '江南机械厂', number: `320018812360525${suffix}`, bank: { cnaps: '102100099996' } },
    mandate: { agreementNumber: `XY-${id}`, signedOn: '2026-02-20', sequence: 'FRST' },
    businessDate: '2026-03-02',
    remittance: 'HT-2026-001',
    references: {},
    ...more,
  };
}

export function messageOf(id: string, orders: readonly BankOrder[], tenant = 'demo'): BankMessage {
  return { id, tenant, creditor, orders };
}

export const fileTerms = { initiatingParty: { id: '911100001000044477' }, characters: 'UNICODE' } as const;
