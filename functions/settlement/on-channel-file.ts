import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fileStore } from '../../shared/files/file-store.ts';
import { takeFiles } from '../../shared/files/on-files.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { now } from '../../shared/time/clock.ts';
import { importFile } from './channel-files/import-file.ts';
import { fileOfKey } from './channel-files/upload-key.ts';
import { defaultStore } from './store.ts';

/** Takes files of channels that lie in the bucket. A message that fails comes again, and in the end lies in the dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return await takeFiles(event, 'file of a channel not taken', takeOne);
}

async function takeOne(key: string, isLastTry: boolean): Promise<void> {
  const { tenant, fileId: id } = fileOfKey(key);
  const time = now();
  const bytes = fileStore(requireEnvironment('BUCKET_SETTLEMENT')).reader(key, time);
  await importFile(defaultStore(), { tenant, id }, bytes, isLastTry, time);
}
