import { describe, expect, test } from 'vitest';
import type {
  CollectionMessage,
  CollectionTransaction,
  TransferMessage,
} from '../../../../shared/formats/pain/payment-message.ts';
import { PaymentMessageError } from '../../../../shared/formats/pain/payment-message-error.ts';
import { writeCollections, writeTransfers } from '../../../../shared/formats/pain/write-message.ts';
import {
  collection,
  collectionMessage,
  collectionTerms,
  refusalOf,
  transfer,
  transferMessage,
  writtenCollections,
} from './messages.ts';

async function refused(message: CollectionMessage, characters: 'LATIN' | 'UNICODE' = 'UNICODE') {
  return refusalOf(writtenCollections(message, characters), PaymentMessageError);
}

describe('content that is read from elsewhere', () => {
  /** Gives one list at the first pass and another at the second. */
  function changing<T>(first: readonly T[], second: readonly T[]): AsyncIterable<T> {
    const passes = [first, second];
    return {
      async *[Symbol.asyncIterator]() {
        yield* passes.shift() ?? [];
      },
    };
  }

  async function piecesUntil(pieces: AsyncIterable<string>): Promise<{ text: string; error: unknown }> {
    let text = '';
    try {
      for await (const piece of pieces) text += piece;
      return { text, error: undefined };
    } catch (error) {
      return { text, error };
    }
  }

  const written = (transactions: CollectionMessage['payments'] | AsyncIterable<CollectionTransaction>) =>
    piecesUntil(
      writeCollections(
        { ...collectionMessage(), payments: [{ ...collectionTerms, transactions: transactions as never }] },
        { characters: 'UNICODE' },
      ),
    );

  test('may come asynchronously, anew at each pass', async () => {
    const { text } = await written(changing([collection, collection], [collection, collection]));
    expect(text).toContain('<NbOfTxs>2</NbOfTxs><CtrlSum>257.00</CtrlSum>');
  });

  test('is refused before a word is written when its last transaction is faulty', async () => {
    const many = Array.from({ length: 5_000 }, () => collection);
    const { text, error } = await written(changing([...many, { ...collection, amount: 0n }], []));
    expect(text).toBe('');
    expect(error).toMatchObject({ path: 'payments[0].transactions[5000].amount' });
  });

  test.each<[string, CollectionTransaction[], string]>([
    ['one less', [], 'They were 1 of 128.50 together at first and are 0 of 0 together now'],
    ['one more', [collection, collection], 'They were 1 of 128.50 together at first and are 2 of 257.00 together now'],
    [
      'another sum',
      [{ ...collection, amount: 1n }],
      'They were 1 of 128.50 together at first and are 1 of 0.01 together now',
    ],
  ])('throws when it changed between the passes: %s', async (_, second, what) => {
    const { error } = await written(changing([collection], second));
    expect(error).toMatchObject({ path: 'payments[0].transactions', what });
  });

  test('throws when a payment information came or went between the passes', async () => {
    const payment = { ...collectionTerms, transactions: [collection] };
    const other = { ...payment, paymentInformationId: 'OTHER' };
    for (const payments of [changing([payment], [payment, other]), changing([payment, other], [payment])]) {
      const { error } = await piecesUntil(
        writeCollections({ ...collectionMessage(), payments }, { characters: 'UNICODE' }),
      );
      expect(error).toBeInstanceOf(PaymentMessageError);
    }
  });

  test('is refused when it can be gone through only once', async () => {
    const { text, error } = await written(
      (async function* () {
        yield collection;
      })(),
    );
    expect(text).toBe('');
    expect(error).toMatchObject({ path: 'payments[0].transactions', what: 'It can be gone through only once' });
  });

  test('is refused when two payment informations have one id', async () => {
    const payment = { ...collectionTerms, transactions: [collection] };
    const error = await refused({ ...collectionMessage(), payments: [payment, payment] });
    expect(error).toMatchObject({ path: 'payments[1].paymentInformationId' });
  });

  test('is refused beyond 10,000 payment informations', async () => {
    const payments = Array.from({ length: 10_001 }, (_, index) => ({
      ...collectionTerms,
      paymentInformationId: `P-${index}`,
      transactions: [collection],
    }));
    const error = await refused({ ...collectionMessage(), payments });
    expect(error).toMatchObject({ path: 'payments', what: 'There are more than 10000' });
    expect(await writtenCollections({ ...collectionMessage(), payments: payments.slice(1) })).toContain('>P-10000<');
  });

  test('is refused when a sum has more than 18 digits', async () => {
    const error = await refused(collectionMessage([{ ...collection, amount: 10n ** 18n - 1n }, collection]));
    expect(error).toMatchObject({ path: 'payments[0].transactions', mend: 'Make several messages of it.' });
  });

  test('goes out in pieces, not at once', async () => {
    const message: TransferMessage = transferMessage(Array.from({ length: 2_000 }, () => transfer));
    const lengths: number[] = [];
    for await (const piece of writeTransfers(message, { characters: 'UNICODE' })) lengths.push(piece.length);
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(64 * 1024);
  });
});
