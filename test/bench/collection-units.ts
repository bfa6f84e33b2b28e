import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { MeterReport } from '../../shared/dynamo/meter-report.ts';
import { plannedWrites } from '../../shared/dynamo/planned-writes.ts';
import { itemBytes } from '../../shared/dynamo/write-units.ts';
import type { BenchCollection } from './bench-collection.ts';

/** Write units of one line, by whose they are: the sandbox bank's books stand for the bank's side and do not count. */
export function unitsOf(report: MeterReport, { ledgerTable }: BenchCollection, lines: number) {
  const { byKind, byPlace, byPartitionKey, refused } = report;
  const isSandbox = (kind: string) => kind.startsWith('SANDBOX_');
  const ledger = sum([...byPlace].filter(([place]) => place.split('/')[0] === ledgerTable));
  const sandboxBank = sum([...byKind].filter(([kind]) => isSandbox(kind)));
  const inbox = byKind.get('REPORT') ?? 0;
  const counted = report.total - sandboxBank;
  const [[, hottest] = ['', 0]] = [...byPartitionKey].filter(([key]) => !/ANSWERS#|#SB/.test(key));
  const kinds = [...byKind].filter(([kind]) => !isSandbox(kind));
  return {
    unitsPerLine: round(counted / lines),
    collection: round((counted - ledger - inbox) / lines),
    inbox: round(inbox / lines),
    ledger: round(ledger / lines),
    refusedWrites: round(refused / lines),
    sandboxBank: round(sandboxBank / lines),
    hottestKeyPerLine: round(hottest / lines),
    breakdown: kinds.map(([kind, units]) => `${kind} ${round(units / lines)}`).join(', '),
  };
}

/** Watches how often blocks of items are written from now on, and how large they are. */
export function blockWrites(client: DynamoDBClient) {
  const written = new Map<string, number[]>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        for (const { item } of plannedWrites(commandName.replace(/Command$/, ''), args.input)) {
          if (item?.kind?.S !== 'BLOCK') continue;
          const key = `${item.pk?.S} ${item.sk?.S}`;
          written.set(key, [...(written.get(key) ?? []), itemBytes(item)]);
        }
        return next(args);
      },
    { step: 'initialize', name: 'blockWrites' },
  );
  return {
    stop: () => {
      client.middlewareStack.remove('blockWrites');
      const sizes = [...written.values()].flat();
      const bytes = sizes.reduce((total, size) => total + size, 0);
      return { writesPerBlock: round(sizes.length / written.size), bytesPerBlock: Math.round(bytes / sizes.length) };
    },
  };
}

function sum(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((total, [, units]) => total + units, 0);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
