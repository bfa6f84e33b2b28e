import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statementFile } from '../../../functions/statements/examples.ts';
import { importUpload } from '../../../functions/statements/import-upload.ts';
import { type Upload, uploadStore } from '../../../functions/statements/store-uploads.ts';
import { anEngine } from '../../support/engines.ts';
import { actor, now, statementsOnEngine, type TestStatements } from './support.ts';

describe('an uploaded file', () => {
  let own: TestStatements;

  beforeAll(async () => {
    own = await statementsOnEngine(anEngine());
  });
  afterAll(() => own.close());

  async function openUpload(id: string): Promise<Upload> {
    const { tenant, client, role, requestId } = actor;
    const upload: Upload = {
      tenant,
      id,
      status: 'WAITING',
      fileName: 'march.sta',
      fingerprint: 'f',
      createdAt: now.toISOString(),
      createdBy: { client, role, requestId },
      expiresAt: now.toISOString(),
      bytes: 0,
      entries: 0,
    };
    await uploadStore(own.store).openUpload(upload);
    return upload;
  }

  async function importText(
    upload: Upload,
    text: string | Uint8Array,
    note = 'whole',
    isLastTry = false,
  ): Promise<Upload | undefined> {
    const uploads = uploadStore(own.store);
    const bytes = Buffer.from(text);
    const read = async function* () {
      yield bytes.subarray(0, 50);
      if (note === 'broken') throw new Error('the bucket does not answer');
      yield bytes.subarray(50);
    };
    await importUpload({ ...own.tools, uploads, read }, upload, now, isLastTry);
    return await uploads.readUpload(upload.tenant, upload.id);
  }

  it('is COMPLETED with the answer of its import', async () => {
    const ended = await importText(await openUpload('upl_1'), statementFile);
    expect(ended).toMatchObject({ status: 'COMPLETED', bytes: Buffer.byteLength(statementFile), entries: 2 });
    expect(JSON.parse(ended?.result ?? '{}')).toMatchObject({
      alreadyImported: false,
      statements: [{ status: 'BALANCED' }],
    });
  });

  it('is REFUSED with the problem and its place, and nothing of it is kept', async () => {
    const before = [...(await own.snapshot()).keys()];
    const ended = await importText(await openUpload('upl_2'), statementFile.slice(0, 120));
    expect(ended?.status).toBe('REFUSED');
    expect(JSON.parse(ended?.problem ?? '{}')).toMatchObject({ code: 'statements/truncated' });
    expect([...(await own.snapshot()).keys()].filter((key) => !before.includes(key))).toEqual(['demo#U#upl_2 U']);
  });

  it('is left as it ended when its message comes again', async () => {
    const upload = await openUpload('upl_3');
    const ended = await importText(upload, statementFile);
    expect(await importText(upload, 'something else')).toEqual(ended);
  });

  it('is tried again after a failure that is not its own', async () => {
    const upload = await openUpload('upl_4');
    await expect(importText(upload, statementFile, 'broken')).rejects.toThrow('does not answer');
    expect(await uploadStore(own.store).readUpload('demo', 'upl_4')).toMatchObject({ status: 'IMPORTING' });
    expect(await importText(upload, statementFile)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is REFUSED with a problem of ours when the last try fails too', async () => {
    const upload = await openUpload('upl_5');
    await expect(importText(upload, statementFile, 'broken', true)).rejects.toThrow('does not answer');
    const ended = await uploadStore(own.store).readUpload('demo', 'upl_5');
    expect(ended?.status).toBe('REFUSED');
    expect(JSON.parse(ended?.problem ?? '{}')).toMatchObject({ code: 'statements/import-failed', status: 500 });
  });

  it('is REFUSED at once when the table rejects what is written, for another try cannot help', async () => {
    const upload = await openUpload('upl_6');
    const rejected = Object.assign(new Error('Item size has exceeded'), { name: 'ValidationException' });
    const uploads = uploadStore(own.store);
    const store = { ...own.store, readStatements: () => Promise.reject(rejected) };
    const read = async function* () {
      yield Buffer.from(statementFile);
    };
    await expect(importUpload({ ...own.tools, store, uploads, read }, upload, now)).rejects.toThrow('exceeded');
    expect(await uploads.readUpload('demo', 'upl_6')).toMatchObject({ status: 'REFUSED' });
  });
});
