import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../functions/statements/import-file.ts';
import { eventsOf, type ItemChangeSeen } from '../../../functions/statements/tell-changes.ts';
import { fromItem, type Item } from '../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { balance, entry } from '../../functions/statements/pages.ts';
import { anEngine } from '../../support/engines.ts';
import {
  accountOfAcme,
  actor,
  busyDay,
  dayOfAcme,
  type FilePart,
  file,
  hashNumber,
  now,
  statementsOnEngine,
  type TestStatements,
} from './support.ts';

describe('events of an import', () => {
  let own: TestStatements;
  let seen = new Set<string>();

  beforeAll(async () => {
    own = await statementsOnEngine(anEngine());
  });
  afterAll(() => own.close());

  async function importParts(...parts: FilePart[]) {
    const { statements } = await importFile(own.tools, { actor, now, importId: 'imp_1', events: file(...parts) });
    return statements;
  }

  /** Tells all items that came since, as the stream would, until nothing new comes. */
  async function tellAll(): Promise<DomainEvent[]> {
    const events: DomainEvent[] = [];
    for (;;) {
      const fresh = [...(await own.snapshot())].filter(([key]) => !seen.has(key));
      if (fresh.length === 0) return events;
      seen = new Set([...seen, ...fresh.map(([key]) => key)]);
      for (const [, text] of fresh) {
        events.push(...(await tell({ kind: 'INSERT', item: fromItem(JSON.parse(text) as Item) })));
      }
    }
  }

  function byId(events: readonly DomainEvent[]): DomainEvent[] {
    return events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  function tell(change: ItemChangeSeen): Promise<DomainEvent[]> {
    return eventsOf(change, own.store, hashNumber);
  }

  it('tell the statement and each booked credit of an assigned one', async () => {
    const day = dayOfAcme('2026-01-05', 100_000n, 25_050n, 5_025n);
    const pending = entry(999n, { status: 'PENDING' });
    const [statement] = await importParts({ ...day, entries: [...(day.entries ?? []), pending, entry(0n)] });
    const events = await tellAll();
    expect(events.map(({ type }) => type)).toEqual([
      'statements.statement-imported.v1',
      'statements.receipt-recorded.v1',
    ]);
    expect(events[0]).toMatchObject({
      tenant: 'demo',
      subject: statement?.id,
      actor: { client: 'treasurer', role: 'treasurer', requestId: 'req-1' },
      data: { accountId: accountOfAcme, status: 'BALANCED', closing: { amount: '1200.25', currency: 'EUR' } },
    });
    expect(events[1]?.data).toMatchObject({
      statementId: statement?.id,
      accountId: accountOfAcme,
      amount: { amount: '250.50', currency: 'EUR' },
      bookingDate: '2026-01-05',
      remittance: 'Invoice 2026-01-05',
      counterparty: { name: 'Payer', account: '****2051', counterpartyKey: hashNumber('DE02 1203 0000 0000 2020 51') },
    });
    expect(JSON.stringify(events)).not.toContain('DE75512108001245126199');
    expect(JSON.stringify(events)).not.toContain('DE02120300000000202051');
  });

  it('are the same, with the same ids, when a change is delivered again', async () => {
    await importParts(dayOfAcme('2026-01-06', 0n, 100n, 50n));
    const before = new Set(seen);
    const first = byId(await tellAll());
    seen = before;
    expect(byId(await tellAll())).toEqual(first);
    expect(first).toHaveLength(2);
  });

  it('tell a large statement in orders of 500 entries', async () => {
    await importParts(busyDay('2026-01-07', 601));
    const events = await tellAll();
    const receipts = events.filter(({ type }) => type === 'statements.receipt-recorded.v1');
    expect(receipts).toHaveLength(601);
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(601);
    const orders = [...(await own.snapshot()).values()].filter(
      (text) => text.includes('"RECEIPTS"') && text.includes('"N":"601"'),
    );
    expect(orders).toHaveLength(1);
  });

  it('tell nothing of entries whose statement never became visible', async () => {
    const broken = async function* () {
      yield* file(busyDay('2026-01-08', 600))();
    };
    let pass = 0;
    const events = () => {
      pass += 1;
      return pass === 1 ? broken() : file(busyDay('2026-01-08', 599))();
    };
    await expect(importFile(own.tools, { actor, now, importId: 'imp_2', events })).rejects.toThrow();
    expect(await tellAll()).toEqual([]);
  });

  it('tell the receipts of an unassigned statement when it is assigned', async () => {
    const account = { number: '4711', currency: 'EUR' };
    const [statement] = await importParts({
      header: { account },
      entries: [entry(100n)],
      balances: [balance('OPBD', 0n), balance('CLBD', 100n)],
    });
    expect((await tellAll()).map(({ type }) => type)).toEqual(['statements.statement-imported.v1']);
    const id = statement?.id ?? '';
    const by = { client: 'operator', role: 'operator' as const, requestId: 'req-9' };
    const previous = (await own.store.get({ pk: `demo#S#${id}`, sk: 'S' })) ?? {};
    await own.store.assignStatement('demo', id, accountOfAcme, '2026-03-04T00:00:00.000Z', by);
    const item = (await own.store.get({ pk: `demo#S#${id}`, sk: 'S' })) ?? {};
    const events = [...(await tell({ kind: 'MODIFY', item, previous })), ...(await tellAll())];
    expect(events.map(({ type, actor }) => [type, actor.requestId])).toEqual([
      ['statements.statement-assigned.v1', 'req-9'],
      ['statements.receipt-recorded.v1', 'req-9'],
    ]);
  });
});
