import type { S3Event, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { requireEnvironment } from '../../shared/dynamo/client.ts';
import { now } from '../../shared/time/clock.ts';
import { importUpload } from './import-upload.ts';
import { defaultStore } from './store.ts';
import { fileStore } from './store-files.ts';
import { uploadStore } from './store-uploads.ts';
import { importTools } from './tools.ts';
import { uploadOf } from './upload-key.ts';

/** Imports uploaded files. A message that fails comes again, and in the end lies in the dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    try {
      await importFilesOf(record);
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      console.error(
        JSON.stringify({ level: 'ERROR', message: 'upload not imported', messageId: record.messageId, reason }),
      );
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

async function importFilesOf(record: SQSRecord): Promise<void> {
  const { Records = [] } = JSON.parse(record.body) as Partial<S3Event>;
  for (const { s3 } of Records) await importOne(decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
}

async function importOne(key: string): Promise<void> {
  const { tenant, uploadId } = uploadOf(key);
  const uploads = uploadStore(defaultStore());
  const upload = await uploads.readUpload(tenant, uploadId);
  if (!upload) throw new Error(`There is no upload ${uploadId}.`);
  const files = fileStore(requireEnvironment('BUCKET_STATEMENTS'));
  const time = now();
  await importUpload({ ...importTools(), uploads, read: () => files.read(key, time) }, upload, time);
}
