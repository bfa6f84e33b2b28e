import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fileStore } from '../../shared/files/file-store.ts';
import { takeFiles } from '../../shared/files/on-files.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { now } from '../../shared/time/clock.ts';
import { importUpload } from './import-upload.ts';
import { defaultStore } from './store.ts';
import { uploadStore } from './store-uploads.ts';
import { importTools } from './tools.ts';
import { uploadOf } from './upload-key.ts';

/** Imports uploaded files. A message that fails comes again, and in the end lies in the dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return await takeFiles(event, 'upload not imported', importOne);
}

async function importOne(key: string, isLastTry: boolean): Promise<void> {
  const { tenant, uploadId } = uploadOf(key);
  const uploads = uploadStore(defaultStore());
  const upload = await uploads.readUpload(tenant, uploadId);
  if (!upload) throw new Error(`There is no upload ${uploadId}.`);
  const files = fileStore(requireEnvironment('BUCKET_STATEMENTS'));
  const time = now();
  await importUpload({ ...importTools(), uploads, read: files.reader(key, time) }, upload, time, isLastTry);
}
