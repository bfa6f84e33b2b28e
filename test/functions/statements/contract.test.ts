import { describe, expect, it } from 'vitest';
import { contract } from '../../../functions/statements/contract.ts';
import { statementFile } from '../../../functions/statements/examples.ts';
import { parsedFile } from '../../../functions/statements/parsed-file.ts';
import { service } from '../../../functions/statements/service.ts';
import { uploadKey, uploadOf } from '../../../functions/statements/upload-key.ts';

describe('the contract of statements', () => {
  it('has an operation for every route and no other', () => {
    expect(Object.keys(contract).sort()).toEqual(service.routes?.map(({ operation }) => operation).sort());
  });

  it.each(Object.entries(contract))('shows an answer of %s that fits its own description', (_, operation) => {
    expect(operation.response.safeParse(operation.example.response).error).toBeUndefined();
  });

  it('shows a file that its parser reads', async () => {
    const kinds: string[] = [];
    const events = parsedFile(async function* () {
      yield Buffer.from(statementFile);
    });
    for await (const event of events()) kinds.push(event.kind);
    expect(kinds).toEqual(['statement', 'entry', 'entry', 'end']);
  });
});

describe('the place of an uploaded file', () => {
  it('names its tenant and upload', () => {
    const key = uploadKey('a/b c', 'upl_1');
    expect(key).toBe('statements/a%2Fb%20c/upl_1');
    expect(uploadOf(key)).toEqual({ tenant: 'a/b c', uploadId: 'upl_1' });
  });

  it.each(['other/demo/upl_1', 'statements/demo', 'statements/demo/upl_1/more'])('is not %s', (key) => {
    expect(() => uploadOf(key)).toThrow('no upload');
  });
});
