import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../functions/statements/import-file.ts';
import { readEntryPage } from '../../../functions/statements/read-entries.ts';
import type { StatementStore } from '../../../functions/statements/store.ts';
import type { StoredEntry } from '../../../functions/statements/stored-entry.ts';
import type { StoredStatement } from '../../../functions/statements/stored-statement.ts';
import { eventsOf } from '../../../functions/statements/tell-changes.ts';
import { fromItem, type Item } from '../../../shared/dynamo/items.ts';
import { balance, entry } from '../../functions/statements/pages.ts';
import { engines } from '../../support/engines.ts';
import {
  actor,
  type FilePart,
  file,
  hashNumber,
  now,
  statementsOnEngine,
  type TestStatements,
  toolsOn,
} from './support.ts';

const count = 700;

/** A day whose lines say the same but for what the bank adds: the same statement, whose blocks end elsewhere. */
function dayThatAdds(day: string, additionalInformation: string): FilePart {
  return {
    header: { sequenceNumber: day.slice(-2) },
    entries: Array.from({ length: count }, (_, index) =>
      entry(100n, { index: index + 1, bookingDate: day, entryReference: `R${index + 1}`, additionalInformation }),
    ),
    balances: [balance('OPBD', 0n, { date: day }), balance('CLBD', BigInt(count) * 100n, { date: day })],
  };
}

describe.each(engines())('attempts to import one statement on $kind', (engine) => {
  let own: TestStatements;

  beforeAll(async () => {
    own = await statementsOnEngine(engine);
  });
  afterAll(() => own.close());

  /** Runs `events` on a store that is killed before the statement's item is written. */
  async function importKilled(part: FilePart, importId: string): Promise<void> {
    const writeStatement: StatementStore['writeStatement'] = () => Promise.reject(new Error('killed'));
    const tools = toolsOn({ ...own.store, writeStatement });
    await expect(importFile(tools, { actor, now, importId, events: file(part) })).rejects.toThrow('killed');
  }

  async function allEntries(statement: StoredStatement): Promise<StoredEntry[]> {
    const entries: StoredEntry[] = [];
    for (let from: number | undefined = 1; from !== undefined; ) {
      const page: Awaited<ReturnType<typeof readEntryPage>> = await readEntryPage(own.store, statement, from, 90, {});
      entries.push(...page.entries);
      from = page.next;
    }
    return entries;
  }

  async function receiptsOf(statement: StoredStatement): Promise<unknown[]> {
    const { store } = own;
    const item = await store.get({ pk: `demo#S#${statement.id}`, sk: 'S' });
    await eventsOf({ kind: 'INSERT', ...(item && { item }) }, store, hashNumber);
    const orders = [...(await own.snapshot())].filter(([key]) => key.startsWith(`demo#R#${statement.id}`));
    const events = await Promise.all(
      orders.map(([, text]) =>
        eventsOf({ kind: 'INSERT', item: fromItem(JSON.parse(text) as Item) }, store, hashNumber),
      ),
    );
    return events.flat().map(({ data }) => (data as { sequence: number }).sequence);
  }

  const places = Array.from({ length: count }, (_, index) => index + 1);

  async function expectExactly(statement: StoredStatement | undefined, text: string): Promise<void> {
    if (!statement) throw new Error('It is not visible.');
    const entries = await allEntries(statement);
    expect(entries.map(({ sequence }) => sequence)).toEqual(places);
    expect(new Set(entries.map(({ additionalInformation }) => additionalInformation))).toEqual(new Set([text]));
    expect(await receiptsOf(statement)).toEqual(places);
  }

  const long = 'what the bank adds '.repeat(200);

  it('killed before the statement is visible leave nothing in a later import of other text', async () => {
    for (const [day, first, second] of [
      ['2026-05-04', long, 'short'],
      ['2026-05-05', 'short', long],
    ] as const) {
      await importKilled(dayThatAdds(day, first), `imp_killed_${day}`);
      const { statements } = await importFile(own.tools, {
        actor,
        now,
        importId: `imp_second_${day}`,
        events: file(dayThatAdds(day, second)),
      });
      await expectExactly(statements[0], second);
    }
  });

  it('of the same file are repeated without harm', async () => {
    const part = dayThatAdds('2026-05-06', long);
    await importKilled(part, 'imp_again');
    const { statements } = await importFile(own.tools, { actor, now, importId: 'imp_again', events: file(part) });
    await expectExactly(statements[0], long);
  });

  it('whose file is exchanged between the passes leave nothing in the next attempt', async () => {
    const [first, second] = [dayThatAdds('2026-05-07', long), dayThatAdds('2026-05-07', 'exchanged')];
    let pass = 0;
    const events = () => {
      pass += 1;
      return file(pass === 1 ? first : second)();
    };
    const command = { actor, now, importId: 'imp_exchanged' };
    await expect(importFile(own.tools, { ...command, events })).rejects.toThrow('changed while');
    const { statements } = await importFile(own.tools, { ...command, events: file(first) });
    await expectExactly(statements[0], long);
  });
});
