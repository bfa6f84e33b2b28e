import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BankMessage, BankOrder } from '../../../../functions/collection/gateway/bank-gateway.ts';
import {
  collectionFile,
  type FileTerms,
  holderOf,
} from '../../../../functions/collection/gateway/iso/collection-file.ts';
import { readPayments } from '../../../../shared/formats/pain/read-payments.ts';
import { structureFaults } from '../../../shared/formats/pain/schema.ts';
import { creditor, fileTerms, handedAt, messageOf, orderOf } from './samples.ts';

const at = handedAt.toISOString();
const iban = 'DE89370400440532013000';

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}

/** What a bank reads of it, with the terms that each order stands under. */
async function readBack(text: string) {
  const read: object[] = [];
  let terms: object = {};
  let end: object = {};
  for await (const event of readPayments(bytesOf(text))) {
    if (event.kind === 'collection-terms') {
      const { requestedDate, sequenceType } = event.terms;
      terms = { requestedDate, sequenceType };
    }
    if (event.kind === 'collection') read.push({ ...terms, ...event.transaction });
    if (event.kind === 'end') end = event.totals;
  }
  return { read, end };
}

function asRead({ id, amount, currency, payer, mandate, businessDate, remittance }: BankOrder) {
  return {
    requestedDate: businessDate,
    sequenceType: mandate.sequence,
    endToEndId: id,
    amount,
    currency,
    debtor: holderOf(payer),
    mandate: { id: mandate.agreementNumber, signedOn: mandate.signedOn },
    ...(remittance !== undefined && { remittance }),
  };
}

const recurrent = { agreementNumber: 'XY-9', signedOn: '2025-01-02', sequence: 'RCUR' } as const;

describe('a message as a file', () => {
  it('reads back as the same orders, and keeps to the structure of pain.008.001.08', async () => {
    const orders = [
      orderOf('A1'),
      orderOf('A2', '0001', { mandate: recurrent, amount: 1n }),
      orderOf('A3', '0002', { businessDate: '2026-03-03' }),
    ];
    const file = await collectionFile(messageOf('MSG-1', orders), fileTerms, at);
    expect(structureFaults(file.text)).toEqual([]);
    const { read, end } = await readBack(file.text);
    expect(read).toEqual([orders[0], orders[1], orders[2]].flatMap((order) => (order ? asRead(order) : [])));
    // 1,234.56 + 0.01 + 1,234.56
    expect(end).toEqual({ count: 3, sum: '2469.13' });
    expect(file.sum).toBe('2469.13');
  });

  it('has one payment information for each date and sequence type, under an id that its orders are known by', async () => {
    const orders = [
      orderOf('A1'),
      orderOf('A2', '0001', { mandate: recurrent }),
      orderOf('A3'),
      orderOf('A4', '0001', { businessDate: '2026-03-03' }),
    ];
    const { text, orders: sent } = await collectionFile(messageOf('MSG-1', orders), fileTerms, at);
    const ids = [...text.matchAll(/<PmtInfId>([^<]+)/g)].map(([, id]) => id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(sent.map(({ id, paymentInformationId }) => [id, ids.indexOf(paymentInformationId)])).toEqual([
      ['A1', 0],
      ['A3', 0],
      ['A2', 1],
      ['A4', 2],
    ]);
  });

  it('names no payment information of another message', async () => {
    const [one, other] = await Promise.all(
      ['MSG-1', 'MSG-2'].map((id) => collectionFile(messageOf(id, [orderOf('A1')]), fileTerms, at)),
    );
    expect(one?.orders[0]?.paymentInformationId).not.toBe(other?.orders[0]?.paymentInformationId);
  });

  it('carries the terms of SEPA in EUR by file', async () => {
    const terms: FileTerms = {
      initiatingParty: { name: 'ACME GmbH' },
      characters: 'LATIN',
      sepa: { creditorId: 'DE98ZZZ09999999999', instrument: 'CORE' },
    };
    const order = orderOf('A1', '', {
      railKind: 'FILE',
      currency: 'EUR',
      payer: { name: 'Erika Mustermann', number: iban, bank: { bic: 'COBADEFFXXX' } },
    });
    const message: BankMessage = {
      ...messageOf('MSG-1', [order]),
      creditor: { name: 'ACME GmbH', number: iban, bank: { bic: 'COBADEFFXXX' } },
    };
    const { text } = await collectionFile(message, terms, at);
    expect(structureFaults(text)).toEqual([]);
    expect(text).toContain('<SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>FRST</SeqTp>');
    expect(text).toContain('<Othr><Id>DE98ZZZ09999999999</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr>');
    expect(text).toContain(`<DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct>`);
  });

  it('is refused where the bank would refuse it, naming the field', async () => {
    const latin = { ...fileTerms, characters: 'LATIN' } as const;
    await expect(collectionFile(messageOf('MSG-1', [orderOf('A1')]), latin, at)).rejects.toMatchObject({
      path: 'payments[0].creditor.name',
    });
    expect(creditor.name).toBe('华东集团有限公司');
  });

  it('has the same bytes in whatever order its orders are given, and reads back whole', async () => {
    const order = fc.record({
      number: fc.integer({ min: 1, max: 9_999 }),
      amount: fc.bigInt({ min: 1n, max: 10n ** 14n }),
      day: fc.integer({ min: 1, max: 3 }),
      sequence: fc.constantFrom('FRST', 'RCUR', 'OOFF'),
    });
    const orders = fc.uniqueArray(order, { minLength: 1, maxLength: 12, selector: ({ number }) => number });
    await fc.assert(
      fc.asyncProperty(orders, async (drawn) => {
        const made = drawn.map(({ number, amount, day, sequence }) =>
          orderOf(`A${number}`, '5123', {
            amount,
            businessDate: `2026-03-0${day}`,
            mandate: { agreementNumber: 'XY', signedOn: '2026-01-01', sequence: sequence as 'FRST' },
          }),
        );
        const { text } = await collectionFile(messageOf('MSG-1', made), fileTerms, at);
        const turned = await collectionFile(messageOf('MSG-1', made.toReversed()), fileTerms, at);
        expect(turned.text).toBe(text);
        const { read } = await readBack(text);
        const byId = (one: object) => (one as { endToEndId: string }).endToEndId;
        const sorted = (list: object[]) => list.toSorted((a, b) => (byId(a) < byId(b) ? -1 : 1));
        expect(sorted(read)).toEqual(sorted(made.map(asRead)));
      }),
      { numRuns: 50 },
    );
  });
});
