import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fileStore } from '../../shared/files/file-store.ts';
import { takeFiles } from '../../shared/files/on-files.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { now } from '../../shared/time/clock.ts';
import { takeUpload } from './channel-files/upload-file.ts';
import { fileOfKey } from './channel-files/upload-key.ts';
import { defaultStore } from './store.ts';

/** Takes uploaded files of channels. A message that fails comes again, and in the end lies in the dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return await takeFiles(event, 'file of a channel not taken', takeOne);
}

async function takeOne(key: string, isLastTry: boolean): Promise<void> {
  const { tenant, fileId: id } = fileOfKey(key);
  const time = now();
  const bytes = fileStore(requireEnvironment('BUCKET_SETTLEMENT')).reader(key, time);
  await takeUpload(defaultStore(), { tenant, id }, bytes, isLastTry, time);
}
