import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../shared/formats/detect-format.ts';
import { FormatError } from '../../../shared/formats/format-error.ts';
import { XmlReader } from '../../../shared/formats/xml/xml-reader.ts';
import { fileAt, readEvents } from './read.ts';

async function refusalOf(file: Uint8Array | string): Promise<FormatError> {
  const outcome = await readEvents(file).catch((error: unknown) => error);
  if (outcome instanceof FormatError) return outcome;
  throw new Error(`not refused as a file: ${String(outcome)}`);
}

async function reasonOf(file: Uint8Array | string): Promise<string> {
  return (await refusalOf(file)).reason;
}

describe('files that are no statements', () => {
  it.each([
    ['nothing', '', 'empty-file'],
    ['blanks', ' \n ', 'empty-file'],
    ['a ZIP archive', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), 'zip-archive'],
    ['a gzip file', gzipSync(':20:X'), 'gzip-archive'],
    ['a PDF', '%PDF-1.7', 'pdf-document'],
    ['a CSV file', 'date;amount\n2026-03-02;1,00\n', 'not-a-statement'],
    ['JSON', '{"a":1}', 'not-a-statement'],
    ['a web page', '<html><body>Login</body></html>', 'not-a-statement'],
    ['an MT103', '{1:F01A}{2:O1030}{4:\n:20:X\n-}', 'not-a-statement'],
    ['camt without a statement', '<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>', 'not-a-statement'],
  ])('refuses %s', async (_, file, reason) => {
    expect(await reasonOf(file)).toBe(reason);
  });

  it('says which other message it is and what to send instead', async () => {
    const file = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt/></Document>';
    const refusal = await refusalOf(file);
    expect(refusal.message).toContain('pain.002');
    expect(refusal.mend).toContain('camt.053');
  });

  it('tells an intraday report from a statement by its fields', () => {
    const format = (text: string) => detectFormat(new TextEncoder().encode(text)).format;
    expect(format(':20:X\n:25:1\n:28C:1\n:34F:EUR0,\n')).toBe('MT942');
    expect(format(':20:X\n:25:1\n:28C:1\n:60F:C260302EUR1,\n:34F:EUR0,\n')).toBe('MT940');
    expect(format('{1:F01A}{2:I942B}{4:\n:20:X\n')).toBe('MT942');
  });
});

const camt = (content: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>${content}</BkToCstmrStmt></Document>`;
const entry = (content: string) => camt(`<Stmt><Id>1</Id>\n<Ntry>${content}</Ntry></Stmt>`);

describe('XML that harms or is broken', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>';

  it('refuses a document type at the head', async () => {
    expect(await reasonOf(`<?xml version="1.0"?>${bomb}${camt('<Stmt><Id>&c;</Id></Stmt>')}`)).toBe(
      'doctype-not-allowed',
    );
  });

  it('refuses a document type in the reader too, should one get past the head', () => {
    const reader = new XmlReader({ open() {}, text() {}, close() {} });
    expect(() => reader.write(`${bomb}<Document>`)).toThrow(expect.objectContaining({ reason: 'doctype-not-allowed' }));
  });

  it('refuses a document type behind the root', async () => {
    const root = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">';
    expect(await reasonOf(`${root}${bomb}<BkToCstmrStmt/></Document>`)).toBe('doctype-not-allowed');
    expect(await reasonOf(`${root}<!--${' '.repeat(40_000)}-->${bomb}<BkToCstmrStmt/></Document>`)).toBe(
      'malformed-xml',
    );
  });

  it('refuses an entity of its own with the line', async () => {
    expect(await refusalOf(entry('<Amt Ccy="EUR">&lol;</Amt>'))).toMatchObject({
      reason: 'malformed-xml',
      position: { line: 2 },
    });
  });

  it('refuses elements nested without end', async () => {
    expect(await reasonOf(camt('<Stmt>'.repeat(5_000)))).toBe('xml-too-deep');
  });

  it('refuses an element, a tag or a comment without end', async () => {
    expect(await reasonOf(camt(`<Stmt><Id>${'9'.repeat(5_000_000)}</Id></Stmt>`))).toBe('element-too-large');
    expect(await reasonOf(camt(`<Stmt a="${'9'.repeat(5_000_000)}"/>`))).toBe('element-too-large');
    expect(await reasonOf(camt(`<Stmt><Id>${'<a/>'.repeat(30_000)}</Id></Stmt>`))).toBe('element-too-large');
  });

  it('refuses more transactions in an entry than memory is meant for', async () => {
    const details = '<TxDtls/>'.repeat(100_001);
    expect(await reasonOf(entry(`<Amt Ccy="EUR">1</Amt><NtryDtls>${details}</NtryDtls>`))).toBe('too-many-details');
  });

  it('refuses tags that do not match, with the line', async () => {
    expect(await refusalOf('<Document>\n<BkToCstmrStmt>\n</Stmt></Document>')).toMatchObject({
      reason: 'malformed-xml',
      position: { line: 3 },
    });
  });

  it('refuses a second document in the same file rather than drop it', async () => {
    expect(await reasonOf(camt('<Stmt/>') + camt('<Stmt/>'))).toBe('malformed-xml');
  });

  it('passes over filling behind the end', async () => {
    await expect(readEvents(`\n ${camt('<Stmt/>')}\n\u0000\u001a`)).resolves.toHaveLength(2);
  });

  it('refuses an encoding that is unknown or not the one declared', async () => {
    const file = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${camt('<Stmt/>')}`;
    expect(await reasonOf(file('klingon'))).toBe('unsupported-encoding');
    const invalid = Buffer.concat([
      Buffer.from(file('gb18030').slice(0, -20)),
      Buffer.from([0xff, 0xff]),
      Buffer.from(' '),
    ]);
    expect(await reasonOf(invalid)).toBe('unsupported-encoding');
  });
});

describe('figures that cannot be right', () => {
  it.each([
    ['more decimals than the currency has', '<Amt Ccy="EUR">10.005</Amt>', 'too-many-decimals', 'Stmt/Ntry/Amt'],
    ['decimals of a currency without', '<Amt Ccy="JPY">1.5</Amt>', 'too-many-decimals', 'Stmt/Ntry/Amt'],
    ['an unknown currency', '<Amt Ccy="XQQ">1</Amt>', 'unknown-currency', 'Stmt/Ntry/Amt'],
    ['an amount without currency', '<Amt>1</Amt>', 'missing-field', 'Stmt/Ntry/Amt'],
    ['an exponent', '<Amt Ccy="EUR">1e3</Amt>', 'bad-amount', 'Stmt/Ntry/Amt'],
    ['an empty amount', '<Amt Ccy="EUR"/>', 'bad-amount', 'Stmt/Ntry/Amt'],
    ['no amount', '', 'missing-field', 'Stmt/Ntry/Amt'],
    ['an unknown indicator', '<Amt Ccy="EUR">1</Amt><CdtDbtInd>IN</CdtDbtInd>', 'bad-field', 'Stmt/Ntry/CdtDbtInd'],
  ])('refuses %s, with line and element', async (_, content, reason, element) => {
    expect(await refusalOf(entry(content))).toMatchObject({ reason, position: { line: 2, element } });
  });

  it.each([
    ['a broken entry', ':61:260302X1,NTRF', 'bad-field', ':61:'],
    ['too many decimals', ':61:260302C1,005NTRF', 'too-many-decimals', ':61:'],
    ['groups that are not of three', ':61:260302C10.00,00NTRF', 'bad-amount', ':61:'],
    ['a comma between groups', ':61:260302C1,000.00NTRF', 'bad-amount', ':61:'],
    ['a group behind a zero', ':61:260302C0.123,45NTRF', 'bad-amount', ':61:'],
    ['a dot that may part thousands or decimals', ':61:260302C1.000NTRF', 'bad-amount', ':61:'],
    ['two commas', ':64:C260302EUR1,000,00', 'bad-amount', ':64:'],
    ['a broken balance', ':64:C260302EUR', 'bad-field', ':64:'],
  ])('refuses %s in an MT940, with line and field', async (_, line, reason, element) => {
    const file = `:20:X\n:25:1\n:60F:C260302EUR1,\n${line}\n:86:x\n:62F:C260302EUR1,\n`;
    expect(await refusalOf(file)).toMatchObject({ reason, position: { line: 4, element } });
  });

  it('refuses an entry without a currency to be in', async () => {
    expect(await reasonOf(':20:X\n:25:1\n:61:260302C1,NTRF\n:62F:C260302EUR1,\n')).toBe('missing-field');
  });

  it('refuses a line without end', async () => {
    expect(await reasonOf(`:20:X\n:25:1\n:86:${'x'.repeat(100_000)}`)).toBe('line-too-long');
  });

  it('never quotes an account number', async () => {
    const refusal = await refusalOf(':20:X\n:25:DE02120300000000202051\n:60F:DE02120300000000202051\n');
    expect(JSON.stringify([refusal.message, refusal.position])).not.toContain('0202051');
  });
});

describe('files that were cut off', () => {
  const whole = ':20:X\n:25:1\n:28C:1\n:60F:C260302EUR1,\n:61:260302C0,NTRF\n:86:text\n:62F:C260302EUR1,00\n-\n';

  it.each([
    ['before the closing balance', whole.slice(0, whole.indexOf(':62F'))],
    ['within the closing balance', whole.slice(0, whole.indexOf(':62F') + 12)],
    ['within the tag of a field', whole.slice(0, whole.indexOf(':62F') + 2)],
    ['within an entry', whole.slice(0, whole.indexOf(':61:') + 9)],
    ['before the closing balance of the first of two', whole.slice(0, whole.indexOf(':62F')) + whole],
    ['before the end line that the file uses', whole + whole.slice(0, -2)],
    ['before the end of its envelope', `{1:F01A}{2:O940A}{4:\n${whole.slice(0, -2)}`],
  ])('refuses an MT940 cut %s', async (_, file) => {
    expect(await reasonOf(file)).toBe('truncated');
  });

  it('refuses a camt.053 cut anywhere behind its head', async () => {
    const file = await fileAt('camt053-dirty.xml');
    for (const share of [0.3, 0.5, 0.7, 0.9, 0.99]) {
      expect(await reasonOf(file.subarray(0, Math.floor(file.length * share)))).toBe('truncated');
    }
  });
});
