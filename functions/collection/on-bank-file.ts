import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { takeFiles } from '../../shared/files/on-files.ts';
import { now } from '../../shared/time/clock.ts';
import { tenantOfFile } from './gateway/iso/bank-file.ts';
import { readBankFile } from './gateway/iso/read-bank-file.ts';
import { takeReports } from './reports/take-reports.ts';
import { defaultStore } from './store.ts';
import { bankFiles } from './store-bank-files.ts';

/** Reads files that banks put into the inbox. What fails comes again, and in the end lies in the dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return await takeFiles(event, 'bank file not read', async (key) => {
    const time = now();
    const store = defaultStore();
    const tools = { store, take: takeReports.bind(undefined, store), read: bankFiles().reader(key, time) };
    await readBankFile(tools, { tenant: tenantOfFile(key), key }, time);
  });
}
