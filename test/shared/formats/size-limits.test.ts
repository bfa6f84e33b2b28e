import { describe, expect, it } from 'vitest';
import { detailCharactersPerEntryMax } from '../../../shared/formats/camt/detail-drafts.ts';
import { FormatError } from '../../../shared/formats/format-error.ts';
import { readFloorLimit, readTotalField } from '../../../shared/formats/mt/balance-field.ts';
import { XmlReader } from '../../../shared/formats/xml/xml-reader.ts';
import { at, readEvents, readWhole } from './read.ts';

async function refusalOf(file: string): Promise<FormatError> {
  const outcome = await readEvents(file).catch((error: unknown) => error);
  if (outcome instanceof FormatError) return outcome;
  throw new Error('the file was not refused');
}

const camt = (content: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>${content}</BkToCstmrStmt></Document>`;
const text = (characters: number) => 'x'.repeat(characters);
const amount = '<Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd>';
const mt = (body: string) => `:20:X\n:25:1\n:28C:1\n:60F:C260302EUR1,\n${body}:62F:C260302EUR1,\n-\n`;

describe('time to read hostile text', () => {
  it('is linear for blanks before something that is none, behind the end', () => {
    const reader = new XmlReader({ open() {}, text() {}, close() {} });
    reader.write('<Document></Document>');
    expect(() => reader.write(`${' '.repeat(150_000)}x`)).toThrow(expect.objectContaining({ reason: 'malformed-xml' }));
  });

  it('is linear for figures without end in floor limits and totals', () => {
    const figures = `${'1'.repeat(200_000)}x`;
    expect(() => readFloorLimit(`EUR${figures}`)).toThrow(FormatError);
    expect(() => readTotalField('90C', `1EUR${figures}`)).toThrow(FormatError);
  });
});

describe('texts of a camt file', () => {
  it.each([
    ['the id of a message', `<GrpHdr><MsgId>${text(1_001)}</MsgId></GrpHdr><Stmt/>`, 'GrpHdr/MsgId'],
    ['an owner', `<Stmt><Acct><Ownr><Nm>${text(1_001)}</Nm></Ownr></Acct></Stmt>`, 'Ownr/Nm'],
    [
      'a balance type',
      `<Stmt><Bal><Tp><CdOrPrtry><Prtry>${text(1_001)}</Prtry></CdOrPrtry></Tp>${amount}</Bal></Stmt>`,
      'Bal/Tp/CdOrPrtry/Prtry',
    ],
    ['a reference', `<Stmt><Ntry>${amount}<NtryRef>${text(1_001)}</NtryRef></Ntry></Stmt>`, 'Ntry/NtryRef'],
    [
      'what the bank adds to an entry',
      `<Stmt><Ntry>${amount}<AddtlNtryInf>${text(50_001)}</AddtlNtryInf></Ntry></Stmt>`,
      'Ntry/AddtlNtryInf',
    ],
    ['what it adds to a statement', `<Stmt><AddtlStmtInf>${text(50_001)}</AddtlStmtInf></Stmt>`, 'AddtlStmtInf'],
    [
      'remittance lines together',
      `<Stmt><Ntry>${amount}<NtryDtls><TxDtls><RmtInf>${`<Ustrd>${text(5_000)}</Ustrd>`.repeat(10)}</RmtInf></TxDtls></NtryDtls></Ntry></Stmt>`,
      'TxDtls/RmtInf',
    ],
  ])('refuses %s beyond the limit, with line and element', async (_, content, element) => {
    expect(await refusalOf(camt(`\n${content}`))).toMatchObject({
      reason: 'element-too-large',
      position: { line: 2, element },
    });
  });

  it('reads texts up to the limit whole', async () => {
    const entry = `<Ntry>${amount}<NtryRef>${text(1_000)}</NtryRef><AddtlNtryInf>${text(50_000)}</AddtlNtryInf></Ntry>`;
    const { entries } = at(await readWhole(camt(`<Stmt>${entry}</Stmt>`)), 0);
    expect(at(entries, 0)).toMatchObject({ entryReference: text(1_000), additionalInformation: text(50_000) });
  });
});

describe('transactions of one entry', () => {
  it('are refused when all their characters together are too many to hold', async () => {
    const detail = `<TxDtls><RmtInf><Ustrd>${text(40_000)}</Ustrd></RmtInf></TxDtls>`;
    const count = detailCharactersPerEntryMax / 40_000;
    const file = (details: number) =>
      camt(`<Stmt>\n<Ntry>${amount}<NtryDtls>${detail.repeat(details)}</NtryDtls></Ntry></Stmt>`);
    expect(at(at(await readWhole(file(count)), 0).entries, 0).detailsCount).toBe(count);
    expect(await refusalOf(file(count + 1))).toMatchObject({
      reason: 'too-many-details',
      position: { line: 2, element: 'Stmt/Ntry/NtryDtls' },
    });
  });
});

describe('lines and fields of an MT file', () => {
  it('refuses a complete line that is too long, with its number', async () => {
    expect(await refusalOf(mt(`:61:260302C1,NTRF\n:86:${text(70_000)}\n`))).toMatchObject({
      reason: 'line-too-long',
      position: { line: 6 },
    });
  });

  it('refuses a field of too many characters over its lines', async () => {
    const lines = `${text(30_000)}\n${text(30_000)}\n`;
    expect(await refusalOf(mt(`:61:260302C1,NTRF\n:86:${lines}`))).toMatchObject({
      reason: 'element-too-large',
      position: { line: 7, element: ':86:' },
    });
  });

  it('refuses fields 86 that are too much together for one entry', async () => {
    const field = `:86:${text(20_000)}\n`;
    expect(await refusalOf(mt(`:61:260302C1,NTRF\n${field.repeat(3)}`))).toMatchObject({
      reason: 'element-too-large',
      position: { line: 8, element: ':86:' },
    });
  });

  it('counts the characters of each entry by itself', async () => {
    const entry = `:61:260302C1,NTRF\n:86:${text(40_000)}\n`;
    expect(at(await readWhole(mt(entry.repeat(3))), 0).entries).toHaveLength(3);
  });

  it.each([':20:', ':25:', ':28C:', ':61:260302C1,NTRF'])(
    'refuses a field %s that is no name or reference',
    async (start) => {
      const refusal = await refusalOf(
        `:20:A\n:25:1\n:60F:C260302EUR1,\n:62F:C260302EUR1,\n:20:B\n${start}${text(1_001)}\n`,
      );
      expect(refusal).toMatchObject({ reason: 'element-too-large', position: { line: 6 } });
    },
  );
});
