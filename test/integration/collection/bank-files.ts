import {
  fileGateway,
  fileTerms,
  handedAt,
  messageOf,
  orderOf,
  paymentOf,
  paymentsOf,
} from '../../functions/collection/gateway/samples.ts';

export { fileGateway, fileTerms, handedAt, messageOf, orderOf, paymentOf, paymentsOf };

export const later = new Date('2026-03-03T12:00:00.000Z');
const recurrent = { agreementNumber: 'XY-2', signedOn: '2025-02-20', sequence: 'RCUR' } as const;

/** Two first collections and a recurrent one: 1,234.56, 10.00 and 0.01. */
export const orders = [
  orderOf('A1'),
  orderOf('A2', '0001', { amount: 1_000n }),
  orderOf('A3', '0002', { amount: 1n, mandate: recurrent }),
];

/** A bucket in memory: what was written, in turn. */
export function bucket() {
  const written: { key: string; text: string }[] = [];
  const write = async (key: string, bytes: Uint8Array) => {
    written.push({ key, text: new TextDecoder().decode(bytes) });
  };
  return { written, outbox: { write } };
}
