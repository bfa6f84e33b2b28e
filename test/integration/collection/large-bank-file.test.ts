import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bankFileBytesMax } from '../../../functions/collection/gateway/iso/bank-file.ts';
import { readBankFile } from '../../../functions/collection/gateway/iso/read-bank-file.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import { notification } from '../../bench/pain-files.ts';
import { chunksOf } from '../../functions/collection/gateway/bank-files.ts';
import { anEngine } from '../../support/engines.ts';
import { bucket, fileGateway, fileTerms, handedAt, later, messageOf, orderOf } from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const MIB = 1024 * 1024;

describe('a large file of a bank', () => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const read = (tenant: string, chunks: () => AsyncIterable<Uint8Array>) =>
    readBankFile(
      { store: own.store, take: takeReports.bind(undefined, own.store), read: chunks },
      { tenant, key: 'inbox/x/large.xml' },
      later,
    );

  it('of 100,000 transactions in one entry is read whole: its last one settles', async () => {
    const last = 'WATER-2026-02-99999';
    const message = messageOf('MSG-1', [orderOf(last, '5123', { amount: 1_000n })], 'large');
    await fileGateway({ store: own.store, outbox: bucket().outbox }, fileTerms).hand(message, handedAt);
    let bytes = 0;
    async function* counted() {
      bytes = 0;
      for await (const chunk of chunksOf(notification(100_000, true))) {
        bytes += chunk.length;
        yield chunk;
      }
    }
    expect(await read('large', counted)).toMatchObject({ status: 'READ', reports: 1 });
    expect(bytes).toBeGreaterThan(32 * MIB);
    const reports = await own.store.readReports('large', last);
    expect(reports).toMatchObject([{ report: { state: 'SETTLED', amount: 1_000n } }]);
  });

  it('beyond the limit is refused before it is read to its end', async () => {
    let chunks = 0;
    async function* endless() {
      for (chunks = 0; ; chunks++) yield new Uint8Array(MIB);
    }
    expect(await read('endless', endless)).toMatchObject({ status: 'REFUSED', reason: 'too-large' });
    expect(chunks).toBe(bankFileBytesMax / MIB);
  });
});
