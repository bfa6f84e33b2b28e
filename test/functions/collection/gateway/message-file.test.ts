import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BankMessage, BankOrder, CollectionOrder } from '../../../../functions/collection/gateway/bank-gateway.ts';
import { gatewayOf } from '../../../../functions/collection/gateway/gateway-of.ts';
import { holderOf } from '../../../../functions/collection/gateway/iso/holder.ts';
import { type FileTerms, messageFile } from '../../../../functions/collection/gateway/iso/message-file.ts';
import { readPayments } from '../../../../shared/formats/pain/read-payments.ts';
import { structureFaults } from '../../../shared/formats/pain/schema.ts';
import { account, fileTerms, handedAt, messageOf, orderOf, paymentOf, paymentsOf } from './samples.ts';

const at = handedAt.toISOString();
const iban = 'DE89370400440532013000';

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}

/** What a bank reads of collections, with the terms that each stands under. */
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

function asRead({ id, amount, currency, counterparty, mandate, businessDate, remittance }: CollectionOrder) {
  return {
    requestedDate: businessDate,
    sequenceType: mandate.sequence,
    endToEndId: id,
    amount,
    currency,
    debtor: holderOf(counterparty),
    mandate: { id: mandate.agreementNumber, signedOn: mandate.signedOn },
    ...(remittance !== undefined && { remittance }),
  };
}

const recurrent = { agreementNumber: 'XY-9', signedOn: '2025-01-02', sequence: 'RCUR' } as const;

describe('collections as a file', () => {
  it('reads back as the same orders, and keeps to the structure of pain.008.001.08', async () => {
    const orders = [
      orderOf('A1'),
      orderOf('A2', '0001', { mandate: recurrent, amount: 1n }),
      orderOf('A3', '0002', { businessDate: '2026-03-03' }),
    ];
    const file = await messageFile(messageOf('MSG-1', orders), fileTerms, at);
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
    const { text, orders: sent } = await messageFile(messageOf('MSG-1', orders), fileTerms, at);
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
      ['MSG-1', 'MSG-2'].map((id) => messageFile(messageOf(id, [orderOf('A1')]), fileTerms, at)),
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
      counterparty: { name: 'Erika Mustermann', number: iban, bank: { bic: 'COBADEFFXXX' } },
    });
    const message: BankMessage = {
      ...messageOf('MSG-1', [order]),
      account: { name: 'ACME GmbH', number: iban, bank: { bic: 'COBADEFFXXX' } },
    };
    const { text } = await messageFile(message, terms, at);
    expect(structureFaults(text)).toEqual([]);
    expect(text).toContain('<SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>FRST</SeqTp>');
    expect(text).toContain('<Othr><Id>DE98ZZZ09999999999</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr>');
    expect(text).toContain(`<DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct>`);
  });

  it('is refused where the bank would refuse it, naming the field', async () => {
    const latin = { ...fileTerms, characters: 'LATIN' } as const;
    await expect(messageFile(messageOf('MSG-1', [orderOf('A1')]), latin, at)).rejects.toMatchObject({
      path: 'payments[0].creditor.name',
    });
    expect(account.name).toBe('华东集团有限公司');
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
        const { text } = await messageFile(messageOf('MSG-1', made), fileTerms, at);
        const turned = await messageFile(messageOf('MSG-1', made.toReversed()), fileTerms, at);
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

/** What a bank reads of payments. */
async function readPaymentsBack(text: string) {
  const read: object[] = [];
  let terms: object = {};
  for await (const event of readPayments(bytesOf(text))) {
    if (event.kind === 'transfer-terms') {
      const { requestedDate, debtor, batchBooking } = event.terms;
      terms = { requestedDate, debtor, batchBooking };
    }
    if (event.kind === 'transfer') read.push({ ...terms, ...event.transaction });
  }
  return read;
}

describe('payments as a file', () => {
  it('are a pain.001 that keeps to its structure and reads back as the same orders, from our account', async () => {
    const orders = [
      paymentOf('P1'),
      paymentOf('P2', '0002', { amount: 1n, remittance: '货款 <2026-03> & 运费' }),
      paymentOf('P3', '0003', { businessDate: '2026-03-03' }),
    ];
    const { text, sum, orders: sent } = await messageFile(paymentsOf('PAY-1', orders), fileTerms, at);
    expect(structureFaults(text)).toEqual([]);
    expect(text).toContain('<CstmrCdtTrfInitn><GrpHdr><MsgId>PAY-1</MsgId>');
    // 1,234.56 + 0.01 + 1,234.56
    expect(text).toContain('<NbOfTxs>3</NbOfTxs><CtrlSum>2469.13</CtrlSum>');
    expect(sum).toBe('2469.13');
    const debtor = {
      name: '华东集团有限公司',
      account: { number: '32001881236052500099' },
      agent: { clearing: { system: 'CNAPS', code: '105100000017' } },
    };
    const creditor = (suffix: string) => ({
      name: '江南机械厂',
      account: { number: `320018812360525${suffix}` },
      agent: { clearing: { system: 'CNAPS', code: '102100099996' } },
    });
    const today = { requestedDate: '2026-03-02', debtor, batchBooking: false };
    const words = '货款 <2026-03> & 运费';
    const common = { currency: 'CNY', remittance: 'HT-2026-001' };
    expect(await readPaymentsBack(text)).toEqual([
      { ...today, ...common, endToEndId: 'P1', amount: 123_456n, creditor: creditor('5123') },
      { ...today, ...common, endToEndId: 'P2', amount: 1n, creditor: creditor('0002'), remittance: words },
      {
        ...today,
        ...common,
        requestedDate: '2026-03-03',
        endToEndId: 'P3',
        amount: 123_456n,
        creditor: creditor('0003'),
      },
    ]);
    const ids = [...text.matchAll(/<PmtInfId>([^<]+)/g)].map(([, id]) => id);
    expect(ids).toHaveLength(2);
    expect(sent.map(({ id, direction, paymentInformationId }) => [id, direction, paymentInformationId])).toEqual([
      ['P1', 'PAY', ids[0]],
      ['P2', 'PAY', ids[0]],
      ['P3', 'PAY', ids[1]],
    ]);
  });

  it('carry the terms of SEPA in EUR by file, and leave those of collections out', async () => {
    const sepa = { creditorId: 'DE98ZZZ09999999999', instrument: 'CORE' } as const;
    const terms: FileTerms = { initiatingParty: { name: 'ACME GmbH' }, characters: 'LATIN', sepa };
    const bank = { bic: 'COBADEFFXXX' };
    const order = paymentOf('P1', '', {
      railKind: 'FILE',
      currency: 'EUR',
      counterparty: { name: 'Erika Mustermann', number: iban, bank },
    });
    const message = { ...paymentsOf('PAY-1', [order]), account: { name: 'ACME GmbH', number: iban, bank } };
    const { text } = await messageFile(message, terms, at);
    expect(structureFaults(text)).toEqual([]);
    expect(text).toContain('<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>');
    expect(text).toContain(`<DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct>`);
    expect(text).toContain('<ChrgBr>SLEV</ChrgBr>');
    expect(text).not.toContain('DE98ZZZ');
  });

  it('have the same bytes in whatever order they are given', async () => {
    const orders = [paymentOf('P1'), paymentOf('P2'), paymentOf('P3', '5123', { businessDate: '2026-03-01' })];
    const { text } = await messageFile(paymentsOf('PAY-1', orders), fileTerms, at);
    expect((await messageFile(paymentsOf('PAY-1', orders.toReversed()), fileTerms, at)).text).toBe(text);
  });
});

describe('an order that a file cannot carry', () => {
  const latin = gatewayOf(
    { channel: 'FILES', ...fileTerms, characters: 'LATIN' },
    { store: {} as never, outbox: {} as never },
  );
  const meier = { name: 'Meier', number: iban, bank: {} };

  it.each<[string, BankOrder, string | undefined]>([
    ['a payer in Chinese', orderOf('A1'), "payer.name: It has the character '江' (U+6C5F)."],
    ['a payee in Chinese', paymentOf('P1'), "payee.name: It has the character '江' (U+6C5F)."],
    ['nothing', orderOf('A1', '', { counterparty: meier }), undefined],
    [
      'its number',
      paymentOf('P_1', '', { counterparty: meier }),
      'An id is not 1 to 35 characters of the Latin set: P_1.',
    ],
    [
      'what it is for',
      paymentOf('P1', '', { counterparty: meier, remittance: 'Büro' }),
      "description: It has the character 'ü' (U+00FC).",
    ],
    [
      'the number of the agreement',
      orderOf('A1', '', {
        counterparty: meier,
        mandate: { agreementNumber: '协议9', signedOn: '2026-02-20', sequence: 'FRST' },
      }),
      "agreementNumber: It has the character '协' (U+534F).",
    ],
    [
      'the number of the account',
      paymentOf('P1', '', { counterparty: { ...meier, number: '1'.repeat(35) } }),
      'payee.account.number: It has 35 characters.',
    ],
  ])('says so by itself where the bank takes Latin letters: %s', (_, order, fault) => {
    const said = latin.faultOf(order);
    expect(said?.slice(0, fault?.length)).toBe(fault);
  });
});
