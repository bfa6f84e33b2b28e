import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { importOnce } from '../../../functions/statements/import-once.ts';
import { readEntryPage } from '../../../functions/statements/read-entries.ts';
import { statementStore } from '../../../functions/statements/store.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { localAccess } from '../../support/tables.ts';
import { actor, busyDay, dayOfAcme, file, now, statementsOnEngine, toolsOn } from './support.ts';

const seed = Number(process.env.YUDAO_SEED ?? 20260302);
const attemptsMax = 40;

describe('an import over a table that fails at random', () => {
  it(`ends with every entry once, seed ${seed}`, async () => {
    const own = await statementsOnEngine(anEngine());
    const client = new DynamoDBClient({ endpoint: anEngine().endpoint, ...localAccess, maxAttempts: 1 });
    const rates = { throttle: 0.1, timeoutBefore: 0.1, timeoutAfter: 0.2, unprocessed: 0.3 };
    const log = injectFaults(client, seed, rates);
    const tools = toolsOn(statementStore(client, own.table));
    const events = file(busyDay('2026-01-05', 7_000), dayOfAcme('2026-01-06', 700_000n, 100n, 50n));
    const request = { actor, now, idempotencyKey: 'faulty', fingerprint: 'f', events };
    let answer: Awaited<ReturnType<typeof importOnce>> | undefined;
    for (let attempt = 0; !answer && attempt < attemptsMax; attempt++) {
      answer = await importOnce(tools, request).catch(() => undefined);
    }
    expect(log.faults.length, String(log)).toBeGreaterThan(0);
    expect(answer?.alreadyImported, String(log)).toBe(false);
    for (const [index, count] of [7_000, 2].entries()) {
      const statement = await own.store.readStatement('demo', answer?.statements[index]?.id ?? '');
      if (!statement) throw new Error(`Not visible. ${log}`);
      const seen: number[] = [];
      for (let from: number | undefined = 1; from !== undefined; ) {
        const page: Awaited<ReturnType<typeof readEntryPage>> = await readEntryPage(
          own.store,
          statement,
          from,
          1_000,
          {},
        );
        seen.push(...page.entries.map(({ sequence }) => sequence));
        from = page.next;
      }
      expect(seen, String(log)).toEqual(Array.from({ length: count }, (_, place) => place + 1));
    }
    client.destroy();
    own.close();
  });
});
