import { expect } from 'vitest';
import type { BankMessage } from '../../../functions/collection/gateway/bank-gateway.ts';
import { messageFile } from '../../../functions/collection/gateway/iso/message-file.ts';
import { readBankFile } from '../../../functions/collection/gateway/iso/read-bank-file.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import type { CollectionStore } from '../../../functions/collection/store.ts';
import { chunksOf, type EntryXml } from '../../functions/collection/gateway/bank-files.ts';
import { bucket, fileGateway, fileTerms, handedAt, later, messageOf, orders } from './bank-files.ts';

export type TestBank = ReturnType<typeof testBank>;

export const ofA1 = (amount: string): EntryXml => ({ endToEndId: 'A1', amount });
export const line = (endToEndId: string, content: string) =>
  `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId>${content}</TxInfAndSts>`;
export const payment = (id: string, content: string) =>
  `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${content}</OrgnlPmtInfAndSts>`;

/** A bank that is reached by files: what is sent to it, and what it says. */
export function testBank(store: CollectionStore) {
  const read = (tenant: string, text: string, key = 'inbox/x/file.xml') =>
    readBankFile(
      { store, take: takeReports.bind(undefined, store), read: () => chunksOf([text]) },
      { tenant, key },
      later,
    );

  async function sent(tenant: string, message: BankMessage = messageOf('MSG-1', orders, tenant)) {
    const { written, outbox } = bucket();
    expect(await fileGateway({ store, outbox }, fileTerms).hand(message, handedAt)).toEqual({ outcome: 'TAKEN' });
    return { message, written, file: await messageFile(message, fileTerms, handedAt.toISOString()) };
  }

  /** State, code and amount of what the bank said of each order. */
  async function said(tenant: string) {
    const gateway = fileGateway({ store, outbox: bucket().outbox }, fileTerms);
    const reports = await gateway.query(tenant, ['A1', 'A2', 'A3'], later);
    return reports.map(({ orderId, state, code = '', amount = '' }) => `${orderId} ${state} ${code}${amount}`.trim());
  }

  return { read, sent, said };
}
