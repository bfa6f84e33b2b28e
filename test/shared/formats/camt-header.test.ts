import { describe, expect, it } from 'vitest';
import { at, type ReadStatement, readWhole } from './read.ts';

async function statementOf(content: string): Promise<ReadStatement> {
  const root = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>';
  return at(await readWhole(`${root}<Stmt>${content}</Stmt></BkToCstmrStmt></Document>`), 0);
}

describe('the time a camt statement was made', () => {
  it.each(['2026-03-02T11:30:00', '2026-03-02T11:30:00.123+01:00', '2026-03-02T11:30:00Z', '2026-03-02T24:00:00'])(
    'is kept as %s',
    async (text) => {
      const { header, trailer } = await statementOf(`<CreDtTm>${text}</CreDtTm>`);
      expect([header.createdAt, trailer.flags]).toEqual([text, []]);
    },
  );

  it.each(['yesterday', '2026-03-02', '2026-02-30T11:30:00', '2026-03-02T25:00:00', '2026-03-02T11:30:00 or so'])(
    'is left out and flagged when it is %s',
    async (text) => {
      const { header, trailer } = await statementOf(`<CreDtTm>${text}</CreDtTm>`);
      expect(header.createdAt).toBeUndefined();
      expect(trailer.flags).toEqual(['CREATED_AT_UNREADABLE']);
    },
  );

  it('flags a period that has no such day or is none', async () => {
    const { header, trailer } = await statementOf('<FrToDt><FrDt>2026-02-30</FrDt><ToDt>soon</ToDt></FrToDt>');
    expect(header.fromDate).toBe('2026-02-28');
    expect(header.toDate).toBeUndefined();
    expect(trailer.flags).toEqual(['DATE_ADJUSTED', 'DATE_UNREADABLE']);
  });
});

describe('the totals a camt statement declares', () => {
  const account = '<Acct><Ccy>EUR</Ccy></Acct>';
  const all = (net: string) =>
    `<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries><Sum>30.5</Sum>${net}</TtlNtries></TxsSummry>`;

  it.each([
    ['of version 3', '<TtlNetNtryAmt>10.5</TtlNetNtryAmt><CdtDbtInd>DBIT</CdtDbtInd>'],
    ['of version 8', '<TtlNetNtry><Amt>10.5</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>'],
  ])('have the sum and the signed net of all entries, in the form %s', async (_, net) => {
    const { trailer } = await statementOf(account + all(net));
    expect(trailer.declaredTotals?.all).toEqual({ count: 3, total: 3_050n, net: -1_050n, currency: 'EUR' });
  });

  it('are in the currency of the entries where neither account nor balance has one', async () => {
    const entry = '<Ntry><Amt Ccy="JPY">5</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>';
    const summary = '<TxsSummry><TtlCdtNtries><Sum>5</Sum></TtlCdtNtries></TxsSummry>';
    const { trailer } = await statementOf(summary + entry);
    expect(trailer.declaredTotals?.credits).toEqual({ total: 5n, currency: 'JPY' });
  });
});
