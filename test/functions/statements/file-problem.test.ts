import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { statementFile } from '../../../functions/statements/examples.ts';
import { parsedFile } from '../../../functions/statements/parsed-file.ts';
import { readFile } from '../../../functions/statements/read-file.ts';
import { Problem } from '../../../shared/problems/problem.ts';

const bomb = `<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>`;
const zip = Buffer.concat([
  Buffer.from('PK\u0003\u0004\u0014\0\0\0\u0008\0'),
  deflateRawSync(Buffer.from(statementFile)),
]);

async function problemOf(content: string | Uint8Array): Promise<Problem> {
  const events = parsedFile(async function* () {
    yield Buffer.from(content);
  });
  const refusal: unknown = await readFile(events()).catch((error: unknown) => error);
  if (refusal instanceof Problem) return refusal;
  throw new Error('It was not refused.');
}

describe('a file that is no good', () => {
  it.each<[string, string | Uint8Array, string, number]>([
    ['a ZIP', zip, 'statements/zip-archive', 415],
    ['a letter', 'Dear Sir or Madam,', 'statements/not-a-statement', 415],
    ['nothing', '', 'statements/not-a-statement', 415],
    ['an XML bomb', bomb, 'statements/unsafe-xml', 400],
    ['an MT940 that ends within a statement', statementFile.slice(0, 150), 'statements/truncated', 400],
    ['an amount with letters', statementFile.replace('C250,50', 'C25x,50'), 'statements/malformed', 400],
    ['a currency that is none', statementFile.replaceAll('EUR', 'EUX'), 'statements/malformed', 400],
  ])('such as %s is refused', async (_, content, code, status) => {
    const problem = await problemOf(content);
    expect([problem.code, problem.status]).toEqual([code, status]);
    expect(problem.toBody().mend).not.toBe('');
  });

  it('is told with the place of the fault and without account numbers', async () => {
    const body = (await problemOf(statementFile.replace('C250,50', 'C25x,50'))).toBody();
    expect(body).toMatchObject({ reason: expect.any(String), position: { line: 5 } });
    expect(JSON.stringify(body)).not.toMatch(/[0-9]{9}/);
  });
});
