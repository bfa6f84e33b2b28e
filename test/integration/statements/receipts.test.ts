import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../functions/statements/import-file.ts';
import type { FindOwnAccounts } from '../../../functions/statements/own-accounts.ts';
import { eventsOf } from '../../../functions/statements/tell-changes.ts';
import { tellDetails } from '../../../functions/statements/tell-details.ts';
import { fromItem, type Item } from '../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { StatementEntry } from '../../../shared/formats/statement-events.ts';
import { balance, entry } from '../../functions/statements/pages.ts';
import { anEngine } from '../../support/engines.ts';
import {
  accountOfAcme,
  actor,
  type FilePart,
  file,
  hashNumber,
  ibanOfAcme,
  now,
  statementsOnEngine,
  type TestStatements,
} from './support.ts';

describe('receipts', () => {
  let own: TestStatements;

  beforeAll(async () => {
    own = await statementsOnEngine(anEngine());
  });
  afterAll(() => own.close());

  async function importPart(part: FilePart): Promise<string> {
    const { statements } = await importFile(own.tools, { actor, now, importId: 'imp_1', events: file(part) });
    return statements[0]?.id ?? '';
  }

  /** The events of a statement and its orders, as a redrive tells them: every item as if it were new. */
  async function redrive(id: string, findOwn?: FindOwnAccounts): Promise<DomainEvent[]> {
    const item = (await own.store.get({ pk: `demo#S#${id}`, sk: 'S' })) ?? {};
    const events = await eventsOf({ kind: 'INSERT', item }, own.store, hashNumber);
    for (const [key, text] of await own.snapshot()) {
      if (!key.startsWith(`demo#R#${id}`)) continue;
      const order = fromItem(JSON.parse(text) as Item);
      events.push(...(await eventsOf({ kind: 'INSERT', item: order }, own.store, hashNumber, findOwn)));
    }
    return events;
  }

  async function receiptsOf(part: FilePart) {
    const events = await redrive(await importPart(part));
    const receipts = events.filter(({ type }) => type === 'statements.receipt-recorded.v1');
    return receipts.map(({ data }) => data as { creditKey: string; entryId: string; amount: unknown });
  }

  it('in another currency are told though the statement has no credit in its own', async () => {
    const day = '2026-06-01';
    const receipts = await receiptsOf({
      header: { sequenceNumber: '1' },
      entries: [entry(-100n, { bookingDate: day }), entry(700n, { currency: 'USD', bookingDate: day })],
      balances: [balance('OPBD', 100n, { date: day }), balance('CLBD', 0n, { date: day })],
    });
    expect(receipts.map(({ amount }) => amount)).toEqual([{ amount: '7.00', currency: 'USD' }]);
  });

  it('of one credit have one key whichever report tells them, and equal credits keys of their own', async () => {
    const day = '2026-06-02';
    const credit = (more: Partial<StatementEntry>) => entry(500n, { bookingDate: day, ...more });
    const early = credit({ bankReference: 'B1', references: { endToEndId: 'E1' } });
    const without = credit({ bankReference: 'NONREF', references: { endToEndId: 'E2' } });
    const report = { format: 'MT942', createdAt: '2606021000+0100', sequenceNumber: '2' } as const;
    const interim = await receiptsOf({ header: report, entries: [early, without] });
    const final = await receiptsOf({
      header: { sequenceNumber: '2' },
      entries: [entry(1n, { bookingDate: day }), { ...early, remittance: 'more text' }, early, without],
      balances: [balance('OPBD', 0n, { date: day }), balance('CLBD', 1_501n, { date: day })],
    });
    const [other, first, second, third] = final.map(({ creditKey }) => creditKey);
    expect(interim.map(({ creditKey }) => creditKey)).toEqual([first, third]);
    expect(new Set([other, first, second, third]).size).toBe(4);
    expect(interim[0]?.entryId).not.toBe(final[1]?.entryId);
  });

  it('that the bank took back are told by every report under one key, which is not the key of the credit', async () => {
    const day = '2026-06-03';
    const back = entry(-500n, { bookingDate: day, bankReference: 'B1', reversal: true });
    const reversals = async (header: FilePart['header']) => {
      const events = await redrive(await importPart({ ...(header && { header }), entries: [back, entry(-1n), back] }));
      const told = events.filter(({ type }) => type === 'statements.credit-reversed.v1');
      return told.map(({ data }) => data as { reversalKey: string; amount: unknown; reversal: boolean });
    };
    const report = { format: 'MT942', createdAt: '2606031000+0100', sequenceNumber: '3' } as const;
    const interim = await reversals(report);
    const final = await reversals({ sequenceNumber: '3' });
    expect(interim.map(({ reversalKey }) => reversalKey)).toEqual(final.map(({ reversalKey }) => reversalKey));
    expect(new Set(final.map(({ reversalKey }) => reversalKey)).size).toBe(2);
    expect(final[0]).toMatchObject({
      amount: { amount: '5.00', currency: 'EUR' },
      reversal: true,
      bankReference: 'B1',
    });
    const [credit] = await receiptsOf({
      header: { sequenceNumber: '4' },
      entries: [entry(500n, { bookingDate: day, bankReference: 'B1' })],
    });
    expect(final.map(({ reversalKey }) => reversalKey)).not.toContain(credit?.creditKey);
  });

  it('from another account of the tenant’s own ledger say so; all numbers are looked up together', async () => {
    const from = (account: string) => entry(500n, { bookingDate: '2026-06-05', counterparty: { account } });
    const id = await importPart({
      header: { sequenceNumber: '5' },
      entries: ['20041010/0500013', 'DE02120300000000202051', ibanOfAcme].map(from),
    });
    const asked: (readonly string[])[] = [];
    const own = new Map([
      [hashNumber('0500013'), 'acc_own'],
      [hashNumber(ibanOfAcme), accountOfAcme],
    ]);
    const findOwn = async (_: string, hashes: readonly string[]) => {
      asked.push(hashes);
      return own;
    };
    const events = await redrive(id, findOwn);
    const told = events.filter(({ type }) => type === 'statements.receipt-recorded.v1');
    const accounts = told.map(({ data }) => (data as { ownAccountId?: string }).ownAccountId);
    expect([accounts, asked.length]).toEqual([['acc_own', undefined, undefined], 1]);
  });

  it('of a batch longer than an event carries are told payment by payment to who asks', async () => {
    const remittance = '货'.repeat(2_500);
    const details = Array.from({ length: 60 }, (_, place) => ({
      ...{ amount: 100n, currency: 'EUR', references: { endToEndId: `E-${place}` } },
      ...(place === 55 && { remittance, counterparty: { account: '0500013' } }),
      ...(place === 0 && { remittance: 'x'.repeat(90_000) }),
      ...(place === 1 && { remittance: 'y'.repeat(90_000) }),
    }));
    const batch = entry(6_000n, { bookingDate: '2026-06-07', details, detailsCount: 60 });
    const statementId = await importPart({ header: { sequenceNumber: '7' }, entries: [entry(-1n), batch] });
    const findOwn = async () => new Map([[hashNumber('0500013'), 'acc_own']]);
    const ask = (most: number, sequence = 2) =>
      tellDetails(own.store, 'demo', { statementId, sequence }, most, hashNumber, findOwn);
    const told = await ask(60);
    expect(told.map(({ references }) => references.endToEndId)).toEqual(details.map((_, place) => `E-${place}`));
    expect(told[55]).toMatchObject({
      ...{ amount: { amount: '1.00', currency: 'EUR' }, creditDebit: 'CREDIT', ownAccountId: 'acc_own' },
      remittance: '货'.repeat(2_000),
    });
    expect((await ask(57)).length).toBe(57);
    await expect(ask(60, 3)).rejects.toThrow('has no entry 3');
  });

  it('of an assigned statement come out of a redrive with both of its events, as they were', async () => {
    const account = { number: '4711', currency: 'EUR' };
    const id = await importPart({ header: { account }, entries: [entry(100n)], balances: [balance('OPBD', 0n)] });
    const [imported] = await redrive(id);
    const by = { client: 'operator', role: 'operator' as const, requestId: 'req-9' };
    await own.store.assignStatement('demo', id, accountOfAcme, '2026-03-04T00:00:00.000Z', by);
    const events = await redrive(id);
    expect(events.map(({ type }) => type)).toEqual([
      'statements.statement-imported.v1',
      'statements.statement-assigned.v1',
      'statements.receipt-recorded.v1',
    ]);
    expect(events[0]).toEqual(imported);
    expect(events[0]?.data).toMatchObject({ assignment: 'UNASSIGNED' });
  });
});
