import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { openAccount } from '../../../functions/ledger/open-account.ts';
import { ledgerStore } from '../../../functions/ledger/store.ts';
import { numberHasher } from '../../../functions/statements/account-number.ts';
import { statementFile } from '../../../functions/statements/examples.ts';
import type { ApiHandler } from '../../../shared/http/api.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { call, treasurer } from '../../shared/http/tiny-service.ts';
import { anEngine } from '../../support/engines.ts';
import { createTables, localAccess } from '../../support/tables.ts';

const numberHashKey = 'test key';

describe('the API of statements', () => {
  let handler: ApiHandler;
  let acme = '';
  let dollars = '';

  beforeAll(async () => {
    const { endpoint } = anEngine();
    const tables = await createTables(endpoint, `api${process.pid}_${Math.floor(performance.now())}`);
    Object.assign(process.env, tables, {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4510',
      AWS_REGION: localAccess.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      NUMBER_HASH_KEY: numberHashKey,
      BUCKET_STATEMENTS: 'files',
    });
    handler = (await import('../../../functions/statements/api.ts')).handler;
    const client = new DynamoDBClient({ endpoint, ...localAccess });
    const open = (name: string, currency: string, number?: string) =>
      openAccount(
        ledgerStore(client, tables.TABLE_LEDGER ?? ''),
        'demo',
        {
          id: deriveId('tr', 'demo', `open ${name}`),
          fingerprint: 'open',
          cause: { client: 'test', role: 'treasurer', requestId: 'open' },
          account: { currency, holder: name, purpose: 'GENERAL', hot: false, references: {} },
          constraint: { type: 'NONE' },
          ...(number !== undefined && { numberHash: numberHasher(numberHashKey)(number) }),
        },
        new Date('2026-03-02T01:00:00Z'),
      );
    acme = await open('Acme', 'EUR', 'DE75512108001245126199');
    dollars = await open('Dollars', 'USD');
  });

  function send(key: string, content: string | Uint8Array, claims = treasurer) {
    const body = Buffer.from(content).toString('base64');
    const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': key };
    return call(handler, { resource: '/v1/statements', headers, body, base64: true, claims });
  }

  function get(
    resource: string,
    path: Record<string, string> = {},
    query: Record<string, string> = {},
    claims = treasurer,
  ) {
    return call(handler, { method: 'GET', resource, path, query, claims });
  }

  function assign(id: string, accountId: string) {
    const path = { id };
    return call(handler, { resource: '/v1/statements/{id}/assign', path, body: { accountId } });
  }

  it('imports a file for the account that has its number, and again without a change', async () => {
    const first = await send('k1', statementFile);
    expect([first.status, first.body.statements[0].accountId]).toEqual([201, acme]);
    expect(await send('k1', statementFile)).toMatchObject({ status: 201, body: first.body });
    expect(await send('k2', statementFile)).toMatchObject({ status: 200, body: { alreadyImported: true } });
    expect(await send('k1', `${statementFile}\r\n`)).toMatchObject({ status: 422 });
    const id = first.body.statements[0].id;
    const { body } = await get('/v1/statements/{id}', { id });
    expect(body).toMatchObject({
      opening: { amount: '1000.00', currency: 'EUR' },
      closing: { amount: '1200.25', currency: 'EUR' },
      credits: { count: 1, total: { amount: '250.50', currency: 'EUR' } },
      debits: { count: 1, total: { amount: '50.25', currency: 'EUR' } },
      difference: { amount: '0.00', currency: 'EUR' },
      continuity: { status: 'FIRST' },
      account: { number: '****6199' },
    });
  });

  it('lists entries in pages, bound to their list', async () => {
    const { body: imported } = await send('k3', statementFile);
    const id = imported.statements[0].id;
    const resource = '/v1/statements/{id}/entries';
    const first = await get(resource, { id }, { limit: '1' });
    expect(first.body.entries).toMatchObject([
      { sequence: 1, creditDebit: 'CREDIT', counterparty: { account: '****2051' } },
    ]);
    const second = await get(resource, { id }, { limit: '1', cursor: first.body.nextCursor });
    expect(second.body.entries).toMatchObject([{ sequence: 2, creditDebit: 'DEBIT', amount: { amount: '50.25' } }]);
    expect(second.body.nextCursor).toBeUndefined();
    const foreign = await get(resource, { id }, { creditDebit: 'DEBIT', cursor: first.body.nextCursor });
    expect(foreign).toMatchObject({ status: 400, body: { code: 'request/cursor-not-usable' } });
    const found = await get(resource, { id }, { reference: 'BANK0002' });
    expect(found.body.entries).toHaveLength(1);
    const details = await get('/v1/statements/{id}/entries/{sequence}/details', { id, sequence: '1' });
    expect(details).toMatchObject({ status: 200, body: { details: [] } });
  });

  it('keeps a file of an unknown number, and assigns it to an account of its currency', async () => {
    const { body } = await send('k4', statementFile.replace('DE75512108001245126199', '66642399/93387'));
    const id = body.statements[0].id;
    expect(body.statements[0].assignment).toBe('UNASSIGNED');
    const listed = await get('/v1/statements', {}, { assignment: 'UNASSIGNED' });
    expect(listed.body.statements.map((one: { id: string }) => one.id)).toContain(id);
    expect(await assign(id, dollars)).toMatchObject({
      status: 409,
      body: { code: 'statements/account-currency-differs' },
    });
    expect(await assign(id, `acc_${'0'.repeat(26)}`)).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/accountId' }] },
    });
    expect(await assign(id, acme)).toMatchObject({ status: 200, body: { assignment: 'ASSIGNED', accountId: acme } });
    expect(await assign(id, acme)).toMatchObject({ status: 200 });
    expect(await assign(id, dollars)).toMatchObject({ status: 409, body: { code: 'statements/already-assigned' } });
  });

  it('lists the statements of an account with their continuity', async () => {
    const next = statementFile
      .replaceAll('260302', '260304')
      .replace(':60F:C260227EUR1000,00', ':60F:C260302EUR1000,00');
    await send('k5', statementFile);
    await send('k6', next);
    const { body } = await get('/v1/statements', {}, { accountId: acme, from: '2026-03-04' });
    expect(body.statements[0]).toMatchObject({
      toDate: '2026-03-04',
      continuity: { status: 'CONTINUITY_GAP', difference: { amount: '-200.25', currency: 'EUR' } },
      flags: [{ code: 'CONTINUITY_GAP', difference: { amount: '-200.25', currency: 'EUR' } }],
    });
  });

  it("answers another tenant's ids with 404", async () => {
    const { body } = await send('k7', statementFile);
    const id = body.statements[0].id;
    const other = { tenant: 'demo2', role: 'treasurer', client: 'treasurer-2' };
    expect(await get('/v1/statements/{id}', { id }, {}, other)).toMatchObject({ status: 404 });
    expect(await get('/v1/statements/{id}/entries', { id }, {}, other)).toMatchObject({ status: 404 });
    const theirs = await send('k7', statementFile, other);
    expect(theirs).toMatchObject({ status: 201, body: { statements: [{ assignment: 'UNASSIGNED' }] } });
    expect(theirs.body.statements[0].id).not.toBe(id);
  });

  it('refuses auditors and merchants, missing keys and empty bodies', async () => {
    expect(await send('k8', statementFile, { ...treasurer, role: 'auditor' })).toMatchObject({ status: 403 });
    expect(
      await get('/v1/statements', {}, {}, { ...treasurer, role: 'merchant', merchant: 'mer_1' } as typeof treasurer),
    ).toMatchObject({ status: 403 });
    expect(await send('', statementFile)).toMatchObject({ status: 400 });
    expect((await send('k9', '')).status).toBeGreaterThanOrEqual(400);
  });

  it('opens an upload once per key, with one URL', async () => {
    const open = (body: unknown) =>
      call(handler, { resource: '/v1/statement-uploads', headers: { 'Idempotency-Key': 'u1' }, body });
    const first = await open({ fileName: 'march.xml', size: 20_000_000 });
    expect(first).toMatchObject({ status: 201, body: { status: 'WAITING' } });
    expect(first.body.uploadUrl).toMatch(
      /^http:\/\/127\.0\.0\.1:4510\/files\/statements\/demo\/upl_.*X-Amz-Signature=/,
    );
    expect((await open({ fileName: 'march.xml', size: 20_000_000 })).body).toEqual(first.body);
    expect(await open({ fileName: 'april.xml' })).toMatchObject({ status: 422 });
    expect(await get('/v1/statement-uploads/{id}', { id: first.body.id })).toMatchObject({
      status: 200,
      body: first.body,
    });
    expect(await open({ fileName: 'march.xml', size: 200_000_000 })).toMatchObject({ status: 400 });
  });
});
