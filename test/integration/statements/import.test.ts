import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareStored } from '../../../functions/statements/compare-stored.ts';
import { importFile, presentImport } from '../../../functions/statements/import-file.ts';
import { importOnce } from '../../../functions/statements/import-once.ts';
import { readEntryPage } from '../../../functions/statements/read-entries.ts';
import { statementStore } from '../../../functions/statements/store.ts';
import type { StoredStatement } from '../../../functions/statements/stored-statement.ts';
import { balance, entry } from '../../functions/statements/pages.ts';
import { engines } from '../../support/engines.ts';
import {
  accountOfAcme,
  actor,
  busyDay,
  dayOfAcme,
  type FilePart,
  file,
  now,
  statementsOnEngine,
  type TestStatements,
  toolsOn,
} from './support.ts';

describe.each(engines())('an import of bank statements on $kind', (engine) => {
  let own: TestStatements;
  let imports = 0;

  beforeAll(async () => {
    own = await statementsOnEngine(engine);
  });
  afterAll(() => own.close());

  function nextKey(): string {
    imports += 1;
    return `key-${imports}`;
  }

  async function importParts(parts: readonly FilePart[], key = nextKey()) {
    return await importOnce(own.tools, { actor, now, idempotencyKey: key, fingerprint: key, events: file(...parts) });
  }

  async function read(id: string | undefined): Promise<StoredStatement> {
    const statement = await own.store.readStatement('demo', id ?? '');
    if (!statement) throw new Error('It is not visible.');
    return statement;
  }

  it('stores a statement of a known number with its account, balances and entries', async () => {
    const { statements, alreadyImported } = await importParts([dayOfAcme('2026-01-05', 100_000n, 25_050n, 5_025n)]);
    expect(alreadyImported).toBe(false);
    const statement = await read(statements[0]?.id);
    expect(statement).toMatchObject({
      accountId: accountOfAcme,
      status: 'BALANCED',
      opening: { type: 'OPBD', amount: 100_000n },
      closing: { type: 'CLBD', amount: 120_025n },
      credits: { count: 1, total: 25_050n },
      debits: { count: 1, total: 5_025n },
      importedBy: { client: 'treasurer', role: 'treasurer', requestId: 'req-1' },
    });
    const { entries, next } = await readEntryPage(own.store, statement, 1, 100, {});
    expect(entries.map(({ sequence, amount }) => [sequence, amount])).toEqual([
      [1, 25_050n],
      [2, -5_025n],
    ]);
    expect(next).toBeUndefined();
  });

  it('a second time changes nothing and says so', async () => {
    await importParts([dayOfAcme('2026-01-06', 0n, 100n, 50n)]);
    const before = await own.snapshot();
    const again = await importParts([dayOfAcme('2026-01-06', 0n, 100n, 50n)], 'second time');
    expect(again).toMatchObject({ alreadyImported: true, statements: [{ alreadyImported: true }] });
    const after = await own.snapshot();
    after.delete('demo#K#importStatements#second time K');
    expect(after).toEqual(before);
  });

  it('of a file that repeats some statements takes the others only', async () => {
    await importParts([dayOfAcme('2026-01-07', 0n, 100n, 50n)]);
    const both = await importParts([dayOfAcme('2026-01-07', 0n, 100n, 50n), dayOfAcme('2026-01-08', 50n, 100n, 50n)]);
    expect(both.alreadyImported).toBe(false);
    expect(both.statements.map((line) => line.alreadyImported)).toEqual([true, false]);
  });

  it('of a file that holds a statement twice takes it once', async () => {
    const day = dayOfAcme('2026-01-09', 0n, 100n, 50n);
    const answer = await importParts([day, day]);
    expect(answer.statements).toHaveLength(1);
    expect(answer.repeatedInFile).toBe(1);
  });

  it('with the same key and file has the same answer, with another file is refused', async () => {
    const first = await importParts([dayOfAcme('2026-01-12', 0n, 100n, 50n)], 'same key');
    expect(await importParts([dayOfAcme('2026-01-12', 0n, 100n, 50n)], 'same key')).toEqual(first);
    const other = importOnce(own.tools, {
      actor,
      now,
      idempotencyKey: 'same key',
      fingerprint: 'other bytes',
      events: file(dayOfAcme('2026-01-13', 0n, 1n, 1n)),
    });
    await expect(other).rejects.toMatchObject({ code: 'request/idempotency-key-reused' });
  });

  it('twice at once is won by one; the other says already imported', async () => {
    const parts = [busyDay('2026-01-14', 60)];
    const answers = await Promise.all([importParts(parts, 'one'), importParts(parts, 'two')]);
    expect(answers.map((answer) => answer.alreadyImported).sort()).toEqual([false, true]);
    expect(answers[0]?.statements[0]?.id).toBe(answers[1]?.statements[0]?.id);
    const { entries } = await readEntryPage(own.store, await read(answers[0]?.statements[0]?.id), 1, 1_000, {});
    expect(entries).toHaveLength(60);
  });

  it('twice at once with one key has one answer', async () => {
    const parts = [dayOfAcme('2026-01-15', 0n, 100n, 50n)];
    const [first, second] = await Promise.all([importParts(parts, 'one key'), importParts(parts, 'one key')]);
    expect(second).toEqual(first);
    expect(first?.alreadyImported).toBe(false);
  });

  it('that breaks off between batches shows nothing, and is completed when it is repeated', async () => {
    const failing = failAfterBatches(2);
    const request = {
      actor,
      now,
      idempotencyKey: 'broken',
      fingerprint: 'f',
      events: file(busyDay('2026-01-16', 20_000)),
    };
    await expect(importOnce(toolsOn(failing.store), request)).rejects.toThrow('the connection is gone');
    expect(failing.batches()).toBeGreaterThan(2);
    const listed = await own.store.listStatements('demo', { from: '2026-01-16', to: '2026-01-16', limit: 10 });
    expect(listed.statements).toEqual([]);
    const answer = await importOnce(own.tools, request);
    expect(answer.alreadyImported).toBe(false);
    const { entries } = await readEntryPage(own.store, await read(answer.statements[0]?.id), 1, 1_000, {});
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });

  function failAfterBatches(good: number) {
    let sent = 0;
    const client = Object.create(own.client, {
      send: {
        value: (command: never) => {
          if ((command as object) instanceof BatchWriteItemCommand) sent += 1;
          if (sent > good) return Promise.reject(new Error('the connection is gone'));
          return own.client.send(command);
        },
      },
    }) as typeof own.client;
    return { store: statementStore(client, own.table), batches: () => sent };
  }

  it('of a bad file writes nothing', async () => {
    const before = await own.snapshot();
    const broken = async function* () {
      yield* file(dayOfAcme('2026-01-19', 0n, 100n, 50n))();
      throw new Error('line 9 is broken');
    };
    const request = { actor, now, idempotencyKey: 'bad', fingerprint: 'f', events: broken };
    await expect(importOnce(own.tools, request)).rejects.toThrow('line 9 is broken');
    expect(await own.snapshot()).toEqual(before);
  });

  it('of a file that changes between the two passes shows nothing', async () => {
    const days = [dayOfAcme('2026-01-20', 0n, 100n, 50n), dayOfAcme('2026-01-20', 0n, 101n, 51n)];
    let pass = 0;
    const events = () => {
      const day = days[pass] ?? {};
      pass += 1;
      return file(day)();
    };
    await expect(importFile(own.tools, { actor, now, importId: 'imp_x', events })).rejects.toThrow('changed while');
    const listed = await own.store.listStatements('demo', { from: '2026-01-20', to: '2026-01-20', limit: 10 });
    expect(listed.statements).toEqual([]);
  });

  it('of an unknown number keeps the statement unassigned until it is assigned, once', async () => {
    const header = { account: { number: '50880050/0194774600888', currency: 'EUR' } };
    const { statements } = await importParts([dayOfAcme('2026-01-21', 0n, 100n, 50n, header)]);
    expect(statements[0]).toMatchObject({ assignment: 'UNASSIGNED', account: '****0888' });
    const id = statements[0]?.id ?? '';
    const by = { client: 'operator', role: 'operator' as const, requestId: 'req-2' };
    expect(await own.store.assignStatement('demo', id, accountOfAcme, '2026-01-22T00:00:00.000Z', by)).toBe(true);
    expect(await own.store.assignStatement('demo', id, 'acc_other', '2026-01-22T00:00:00.000Z', by)).toBe(false);
    expect(await read(id)).toMatchObject({ accountId: accountOfAcme, assignedBy: by });
  });

  it('of a number whose account has another currency keeps it unassigned and flags it', async () => {
    const balances = [balance('OPBD', 0n, { currency: 'USD' }), balance('CLBD', 0n, { currency: 'USD' })];
    const account = { iban: 'DE75 5121 0800 1245 1261 99', currency: 'USD' };
    const { statements } = await importParts([{ header: { account }, balances }]);
    expect(statements[0]?.assignment).toBe('UNASSIGNED');
    const { flags } = await read(statements[0]?.id);
    expect(flags).toEqual([{ code: 'ACCOUNT_CURRENCY_DIFFERS', count: 1, where: ['EUR'] }]);
  });

  it('keeps the exact difference of a statement that does not add up', async () => {
    const carried = { intermediate: true } as const;
    const { statements } = await importParts([
      { entries: [entry(7_970n), entry(14_950n)], balances: [balance('OPBD', 0n), balance('CLBD', 22_920n, carried)] },
      {
        entries: [entry(-7_990n), entry(1_010n)],
        balances: [balance('OPBD', 22_920n, carried), balance('CLBD', 15_960n)],
      },
    ]);
    expect(statements).toHaveLength(1);
    const statement = await read(statements[0]?.id);
    expect(statement).toMatchObject({
      status: 'BALANCE_MISMATCH',
      difference: -20n,
      computedClosing: 15_940n,
      pagesCount: 2,
    });
    const { entries } = await readEntryPage(own.store, statement, 1, 10, {});
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('shows a gap to the statement before, which closes when the missing one comes in', async () => {
    const key = { account: { iban: 'DE02120300000000202051', currency: 'EUR' } };
    const monday = await importParts([dayOfAcme('2026-02-02', 0n, 500n, 100n, key)]);
    const wednesday = await importParts([dayOfAcme('2026-02-04', 700n, 0n, 100n, key)]);
    const gap = await compareStored(own.store, await read(wednesday.statements[0]?.id));
    expect(gap).toEqual({
      status: 'CONTINUITY_GAP',
      previousStatementId: monday.statements[0]?.id,
      previousClosing: 400n,
      difference: 300n,
    });
    await importParts([dayOfAcme('2026-02-03', 400n, 300n, 0n, key)]);
    expect(await compareStored(own.store, await read(wednesday.statements[0]?.id))).toMatchObject({
      status: 'CONTINUES',
    });
    expect(await compareStored(own.store, await read(monday.statements[0]?.id))).toEqual({ status: 'FIRST' });
  });

  it('pages through entries of many partitions in their order, by direction and by reference', async () => {
    const { statements } = await importParts([busyDay('2026-02-10', 4_100)]);
    const statement = await read(statements[0]?.id);
    const seen: number[] = [];
    for (let from: number | undefined = 1; from !== undefined; ) {
      const page: Awaited<ReturnType<typeof readEntryPage>> = await readEntryPage(own.store, statement, from, 900, {});
      seen.push(...page.entries.map(({ sequence }) => sequence));
      from = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 4_100 }, (_, index) => index + 1));
    const debits = await readEntryPage(own.store, statement, 1, 1_000, { creditDebit: 'DEBIT' });
    expect(debits.entries).toEqual([]);
    const found = await readEntryPage(own.store, statement, 1, 10, { reference: 'R3999' });
    expect(found.entries.map(({ sequence }) => sequence)).toEqual([3_999]);
  });

  it('keeps every transaction of a very large batch', async () => {
    const details = Array.from({ length: 1_000 }, (_, index) => ({
      amount: 100n,
      currency: 'EUR',
      references: { endToEndId: `E2E-${index + 1}` },
      remittance: `Invoice ${index + 1} `.padEnd(140, 'x'),
    }));
    const batch = entry(100_000n, { details, detailsCount: 1_000 });
    const { statements } = await importParts([{ header: { sequenceNumber: '77' }, entries: [batch] }]);
    const statement = await read(statements[0]?.id);
    const [stored] = (await readEntryPage(own.store, statement, 1, 10, {})).entries;
    const seen = [...(stored?.details ?? [])];
    for (let chunk = 1; seen.length < 1_000; chunk++)
      seen.push(...((await own.store.readDetails(statement, 1, chunk)) ?? []));
    expect(seen).toEqual(details);
    const found = await readEntryPage(own.store, statement, 1, 10, { reference: 'E2E-1000' });
    expect(found.entries).toHaveLength(1);
  });

  it('lists by account, day, status and assignment, newest first, page by page', async () => {
    const days = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
    for (const day of days) await importParts([dayOfAcme(day, 0n, 100n, 50n)]);
    const asked = { from: '2026-03-10', to: '2026-03-12', accountId: accountOfAcme, status: 'BALANCED', limit: 2 };
    const first = await own.store.listStatements('demo', asked);
    expect(first.statements.map(({ toDate }) => toDate)).toEqual(['2026-03-12', '2026-03-11']);
    const second = await own.store.listStatements('demo', { ...asked, after: first.endedAt ?? '' });
    expect(second.statements.map(({ toDate }) => toDate)).toEqual(['2026-03-10']);
    expect(second.endedAt).toBeUndefined();
    const none = await own.store.listStatements('demo', { ...asked, assignment: 'UNASSIGNED' });
    expect(none.statements).toEqual([]);
    expect((await own.store.listStatements('demo2', { limit: 10 })).statements).toEqual([]);
    expect(
      (await own.store.listStatements('demo', { from: '2026-04-01', to: '2026-03-01', limit: 10 })).statements,
    ).toEqual([]);
  });

  it('answers with masked numbers only', async () => {
    const result = await importFile(own.tools, {
      actor,
      now,
      importId: 'imp_y',
      events: file(dayOfAcme('2026-01-23', 0n, 100n, 50n)),
    });
    expect(JSON.stringify(presentImport(result))).not.toContain('512108001245126199');
  });
});
