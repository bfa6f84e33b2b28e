import type { CharacterSet } from '../../../../shared/formats/pain/check-text.ts';
import type { PaymentEvent } from '../../../../shared/formats/pain/payment-events.ts';
import type {
  AccountHolder,
  CollectionMessage,
  CollectionTerms,
  CollectionTransaction,
  TransferMessage,
  TransferTerms,
  TransferTransaction,
} from '../../../../shared/formats/pain/payment-message.ts';
import { readPayments } from '../../../../shared/formats/pain/read-payments.ts';
import { writeCollections, writeTransfers } from '../../../../shared/formats/pain/write-message.ts';

/** A corporate account of China: no IBAN, no Luhn (its last digit would be 3). */
export const factory: AccountHolder = {
  name: '江南机械厂',
  account: { number: '32001594136050000000' },
  agent: { clearing: { system: 'CNAPS', code: '105100000017' } },
};

export const utility: AccountHolder = {
  name: '城市水务集团',
  account: { number: '11001085100059000111' },
  agent: { bic: 'PCBCCNBJ' },
};

export const tenant: AccountHolder = { name: 'Erika Mustermann', account: { iban: 'DE89370400440532013000' } };

export const collection: CollectionTransaction = {
  endToEndId: 'WATER-2026-02-0001',
  amount: 128_50n,
  currency: 'CNY',
  debtor: factory,
  mandate: { id: 'MANDATE-17', signedOn: '2025-06-30' },
};

export const collectionTerms: CollectionTerms = {
  paymentInformationId: 'WATER-2026-02',
  requestedDate: '2026-03-03',
  sequenceType: 'RCUR',
  creditor: utility,
};

export const transfer: TransferTransaction = {
  endToEndId: 'RENT-2026-03',
  amount: 900_00n,
  currency: 'EUR',
  creditor: tenant,
};

export const transferTerms: TransferTerms = {
  paymentInformationId: 'RENT-1',
  requestedDate: '2026-03-04',
  debtor: utility,
};

const header = {
  messageId: 'MSG-1',
  createdAt: '2026-03-02T08:00:00Z',
  initiatingParty: { name: 'Yudao', id: '911100001000044477' },
};

export function collectionMessage(
  transactions: readonly CollectionTransaction[] = [collection],
  terms: Partial<CollectionTerms> = {},
): CollectionMessage {
  return { ...header, payments: [{ ...collectionTerms, ...terms, transactions }] };
}

export function transferMessage(
  transactions: readonly TransferTransaction[] = [transfer],
  terms: Partial<TransferTerms> = {},
): TransferMessage {
  return { ...header, payments: [{ ...transferTerms, ...terms, transactions }] };
}

export async function writtenCollections(
  message: CollectionMessage,
  characters: CharacterSet = 'UNICODE',
): Promise<string> {
  return joined(writeCollections(message, { characters }));
}

export async function writtenTransfers(
  message: TransferMessage,
  characters: CharacterSet = 'UNICODE',
): Promise<string> {
  return joined(writeTransfers(message, { characters }));
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** The bytes of a file, in pieces of the given size. */
export async function* bytesOf(file: string | Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

export async function eventsOf(file: string | Uint8Array, size?: number): Promise<PaymentEvent[]> {
  const events: PaymentEvent[] = [];
  for await (const event of readPayments(bytesOf(file, size))) events.push(event);
  return events;
}

/** The error a promise ends in. */
export async function refusalOf<Kind extends Error>(
  outcome: Promise<unknown>,
  kind: abstract new (...args: never[]) => Kind,
): Promise<Kind> {
  const error = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof kind) return error;
  throw new Error(`not refused as it should be: ${String(error)}`);
}
