import { describe, expect, it } from 'vitest';
import { parseBankFile } from '../../../../functions/collection/gateway/iso/parse-bank-file.ts';
import { chunksOf, type EntryXml, noticeXml } from './bank-files.ts';

/** 1,234.56 and 10.00 in, 0.50 out: 1,245.06 over all, 1,244.06 net. */
const entries: readonly EntryXml[] = [
  { endToEndId: 'A1', amount: '1234.56' },
  { endToEndId: 'A2', amount: '10.00' },
  { endToEndId: 'P1', amount: '0.50', direction: 'DBIT' },
];
const pending: EntryXml = { endToEndId: 'A3', amount: '7.00', status: 'PDNG' };

const total = (name: string, content: string) => `<${name}>${content}</${name}>`;
const count = (lines: number) => total('NbOfNtries', String(lines));
const sum = (amount: string) => total('Sum', amount);
const net = (amount: string, way = 'CRDT') => total('TtlNetNtry', total('Amt', amount) + total('CdtDbtInd', way));

async function read(summary: string, of = entries, page = '') {
  const text = noticeXml(of, 'camt.053', { page, parts: total('TxsSummry', summary) });
  try {
    const parsed = await parseBankFile(chunksOf([text]));
    return parsed.kind === 'MOVEMENTS' ? parsed.movements.length : parsed.kind;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('totals that a statement declares', () => {
  it.each<[string, string]>([
    ['of all lines', total('TtlNtries', count(3) + sum('1245.06') + net('1244.06'))],
    ['of credits', total('TtlCdtNtries', count(2) + sum('1244.56'))],
    ['of debits', total('TtlDbtNtries', count(1) + sum('0.5'))],
    ['of none of it', ''],
  ])('fit %s', async (_, summary) => {
    expect(await read(summary)).toBe(3);
  });

  it.each<[string, string, string]>([
    ['count', total('TtlNtries', count(4)), 'TtlNtries says 4 lines and there are 3.'],
    ['sum', total('TtlNtries', sum('1245.07')), 'TtlNtries says 1245.07 and its lines add up to 1245.06.'],
    ['net', total('TtlNtries', net('1244.06', 'DBIT')), 'TtlNtries says -1244.06 net and its lines come to 1244.06.'],
    ['credits', total('TtlCdtNtries', sum('1245.06')), 'TtlCdtNtries says 1245.06 and its lines add up to 1244.56.'],
    ['debits', total('TtlDbtNtries', count(0)), 'TtlDbtNtries says 0 lines and there are 1.'],
  ])('that do not fit refuse the file: %s', async (_, summary, detail) => {
    expect(await read(summary)).toBe(detail);
  });

  it('may be of all lines or of the booked ones', async () => {
    const some = [...entries, pending];
    // 1,245.06 and 7.00.
    expect(await read(total('TtlNtries', count(4) + sum('1252.06')), some)).toBe(3);
    expect(await read(total('TtlNtries', count(3) + sum('1245.06')), some)).toBe(3);
    expect(await read(total('TtlNtries', count(3) + sum('1252.06')), some)).toBe(
      'TtlNtries says 3 lines and there are 4.',
    );
  });

  it('are sums only where all lines are in the currency of the account', async () => {
    const some: EntryXml[] = [...entries, { endToEndId: 'A4', amount: '5.00', currency: 'USD' }];
    expect(await read(total('TtlNtries', count(4) + sum('1250.06')), some)).toBe(4);
    expect(await read(total('TtlNtries', count(3) + sum('1250.06')), some)).toContain('TtlNtries says 3 lines');
  });

  it('are not compared with one page of several', async () => {
    const page = (number: number, last: boolean) =>
      total('MsgPgntn', total('PgNb', String(number)) + total('LastPgInd', String(last)));
    const wrong = total('TtlNtries', count(9));
    expect(await read(wrong, entries, page(1, false))).toBe(3);
    expect(await read(wrong, entries, page(2, true))).toBe(3);
    expect(await read(wrong, entries, page(1, true))).toContain('TtlNtries says 9 lines');
  });
});
