import type {
  BankGateway,
  CollectionOrder,
  CollectionsMessage,
  PaymentOrder,
  PaymentsMessage,
} from '../../../../functions/collection/gateway/bank-gateway.ts';
import { gatewayOf } from '../../../../functions/collection/gateway/gateway-of.ts';
import type { FileTools } from '../../../../functions/collection/gateway/iso/file-adapter.ts';
import type { FileTerms } from '../../../../functions/collection/gateway/iso/message-file.ts';

/** 2026-03-02, a Monday, 10:10 in Shanghai. */
export const handedAt = new Date('2026-03-02T02:10:00.000Z');

/** Ours: the creditor of collections, the debtor of payments. */
export const account = {
  name: '华东集团有限公司',
  number: '32001881236052500099',
  bank: { cnaps: '105100000017' },
} as const;

const counterparty = (suffix: string) => ({
  name: '江南机械厂',
  number: `320018812360525${suffix}`,
  bank: { cnaps: '102100099996' },
});

/** 1,234.56 over IBPS from an account with this end. */
export function orderOf(id: string, suffix = '5123', more: Partial<CollectionOrder> = {}): CollectionOrder {
  return {
    id,
    railKind: 'IBPS',
    amount: 123_456n,
    currency: 'CNY',
    counterparty: counterparty(suffix),
    mandate: { agreementNumber: `XY-${id}`, signedOn: '2026-02-20', sequence: 'FRST' },
    partial: false,
    businessDate: '2026-03-02',
    remittance: 'HT-2026-001',
    references: {},
    ...more,
  };
}

/** The same to an account with this end. */
export function paymentOf(id: string, suffix = '5123', more: Partial<PaymentOrder> = {}): PaymentOrder {
  const { mandate: _, partial: __, ...order } = orderOf(id, suffix);
  return { ...order, ...more };
}

export function messageOf(id: string, orders: readonly CollectionOrder[], tenant = 'demo'): CollectionsMessage {
  return { direction: 'COLLECT', id, tenant, account, orders };
}

export function paymentsOf(id: string, orders: readonly PaymentOrder[], tenant = 'demo'): PaymentsMessage {
  return { direction: 'PAY', id, tenant, account, orders };
}

export const fileTerms = { initiatingParty: { id: '911100001000044477' }, characters: 'UNICODE' } as const;

export function fileGateway(tools: FileTools, terms: FileTerms): BankGateway {
  return gatewayOf({ channel: 'FILES', ...terms }, tools);
}

export function sandboxGateway(store: FileTools['store']): BankGateway {
  return gatewayOf({ channel: 'SANDBOX', ...fileTerms }, { store, outbox: noOutbox });
}

const noOutbox = { write: () => Promise.reject(new Error('The sandbox bank writes no file.')) };
