import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../../shared/formats/format-error.ts';
import type { PaymentEvent } from '../../../../shared/formats/pain/payment-events.ts';
import { minorUnitDigits } from '../../../../shared/money/currency.ts';
import { eventsOf, transfer, transferMessage, utility, writtenCollections, writtenTransfers } from './messages.ts';
import { collectionMessages, transferMessages } from './random-messages.ts';
import { structureFaults } from './schema.ts';

/** A message put together again from what was read. */
function messageOf(events: readonly PaymentEvent[]) {
  const message: Record<string, unknown> = {};
  const payments: { transactions: unknown[] }[] = [];
  for (const event of events) {
    if (event.kind === 'message') {
      const { format, version, ...header } = event.header;
      Object.assign(message, header);
    } else if (event.kind === 'collection-terms' || event.kind === 'transfer-terms') {
      payments.push({ ...event.terms, transactions: [] });
    } else if (event.kind !== 'end') {
      payments.at(-1)?.transactions.push(event.transaction);
    }
  }
  return { ...message, payments };
}

/** The sum of the amounts in a file, worked on its text, in ten-thousandths. */
function sumInTenThousandths(xml: string): bigint {
  let sum = 0n;
  for (const [, currency = '', whole = '', fraction = ''] of xml.matchAll(/Ccy="(\w+)">(\d+)(?:\.(\d+))?</g)) {
    expect(fraction.length).toBe(minorUnitDigits(currency));
    sum += BigInt(whole + fraction.padEnd(4, '0'));
  }
  return sum;
}

function checkTotals(xml: string) {
  const [header = '', ...payments] = xml.split('<PmtInf>');
  const all = payments.join('');
  for (const [head, content] of [[header, all] as const, ...payments.map((one) => [one, one] as const)]) {
    const [, count, whole = '', fraction = ''] =
      /<NbOfTxs>(\d+)<\/NbOfTxs><CtrlSum>(\d+)(?:\.(\d+))?</.exec(head) ?? [];
    expect(Number(count)).toBe(content.split('<EndToEndId>').length - 1);
    expect(BigInt(whole + fraction.padEnd(4, '0'))).toBe(sumInTenThousandths(content));
  }
}

describe('any collection message', () => {
  test('reads back as it was written, keeps to the schema and adds up', async () => {
    await fc.assert(
      fc.asyncProperty(collectionMessages, fc.integer({ min: 1, max: 700 }), async (message, size) => {
        const xml = await writtenCollections(message);
        expect(messageOf(await eventsOf(xml, size))).toEqual(message);
        expect(structureFaults(xml)).toEqual([]);
        checkTotals(xml);
      }),
      { numRuns: 150 },
    );
  });
});

describe('any text', () => {
  const latin = fc.constantFrom(..."ABCxyz019/-?:().,'+ ");
  const notLatin = fc.constantFrom(...'三é&<;_"@#Ａ');

  test('of the Latin set is written as it is; one character beyond refuses the message', async () => {
    const inside = fc.string({ unit: latin, minLength: 1, maxLength: 100 }).filter((text) => text.trim() === text);
    await fc.assert(
      fc.asyncProperty(inside, notLatin, fc.nat(), async (remittance, beyond, at) => {
        const transaction = { ...transfer, remittance };
        const payer = { debtor: { ...utility, name: 'City Water' } };
        const xml = await writtenTransfers(transferMessage([transaction], payer), 'LATIN');
        expect(xml).toContain(`<Ustrd>${remittance}</Ustrd>`);
        const place = at % (remittance.length + 1);
        const broken = `${remittance.slice(0, place)}${beyond}${remittance.slice(place)}`;
        await expect(
          writtenTransfers(transferMessage([{ ...transaction, remittance: broken }], payer), 'LATIN'),
        ).rejects.toMatchObject({ path: 'payments[0].transactions[0].remittance' });
      }),
      { numRuns: 100 },
    );
  });
});

describe('any transfer message', () => {
  test('reads back as it was written, keeps to the schema and adds up', async () => {
    await fc.assert(
      fc.asyncProperty(transferMessages, fc.integer({ min: 1, max: 700 }), async (message, size) => {
        const xml = await writtenTransfers(message);
        expect(messageOf(await eventsOf(xml, size))).toEqual(message);
        expect(structureFaults(xml)).toEqual([]);
        checkTotals(xml);
      }),
      { numRuns: 150 },
    );
  });

  test('is read or refused as a file wherever it ends and whatever byte is broken', async () => {
    await fc.assert(
      fc.asyncProperty(transferMessages, fc.nat(), fc.nat(255), fc.boolean(), async (message, at, byte, cut) => {
        const file = new TextEncoder().encode(await writtenTransfers(message));
        const place = at % file.length;
        if (!cut) file[place] = byte;
        const broken = cut ? file.subarray(0, place) : file;
        const outcome = await eventsOf(broken).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof FormatError).toBe(true);
        // The file ends with its root; cut off before that, it is never taken for whole.
        if (cut && place < file.length - 1) expect(outcome).toBeInstanceOf(FormatError);
      }),
      { numRuns: 150 },
    );
  });

  test('is refused when one digit of a count, a sum or an amount is changed', async () => {
    await fc.assert(
      fc.asyncProperty(transferMessages, fc.nat(), fc.integer({ min: 1, max: 9 }), async (message, pick, shift) => {
        const xml = await writtenTransfers(message);
        const places = [...xml.matchAll(/(?<=<(?:NbOfTxs|CtrlSum|InstdAmt Ccy="\w+")>[\d.]*)\d/g)].map(
          ({ index }) => index,
        );
        const place = places[pick % places.length] ?? 0;
        const digit = (Number(xml[place]) + shift) % 10;
        const changed = xml.slice(0, place) + digit + xml.slice(place + 1);
        await expect(eventsOf(changed)).rejects.toMatchObject({
          reason: expect.stringMatching(/^(totals-do-not-fit|bad-amount)$/),
        });
      }),
      { numRuns: 100 },
    );
  });
});
