import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { entryStore } from '../../../functions/statements/store-entries.ts';
import { packEntry } from '../../../functions/statements/stored-entry.ts';
import type { TableAccess } from '../../../shared/dynamo/table-access.ts';
import { entry } from './pages.ts';

describe('a writer of entries', () => {
  it('sends the entries of a statement that is closed, and does not keep them to the end of the file', async () => {
    let sent = 0;
    const send = async () => {
      sent += 1;
      return {};
    };
    const client = { send } as unknown as DynamoDBClient;
    const writer = entryStore(client, 'table', {} as TableAccess).entryWriter('demo');
    for (let statement = 1; statement <= 50; statement++) {
      await writer.put(`ens_${statement}`, packEntry(`stm_${statement}`, 1, entry(1n)));
      await writer.close(`ens_${statement}`);
    }
    expect(sent).toBe(2);
    await writer.finish();
    expect(sent).toBe(2);
  });

  it('keeps the further transactions of a batch as they came until their item is written', () => {
    const details = Array.from({ length: 2_000 }, (_, index) => ({
      references: { endToEndId: `E${index}` },
      remittance: 'x'.repeat(140),
    }));
    const { text, chunks } = packEntry('stm_1', 1, entry(1n, { details, detailsCount: 2_000 }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100_000);
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.at(-1)?.at(-1)).toBe(details.at(-1));
  });
});
