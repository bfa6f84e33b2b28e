import type { S3Event, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError, writeLog } from '../../shared/http/log.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { now } from '../../shared/time/clock.ts';
import { importUpload } from './import-upload.ts';
import { defaultStore } from './store.ts';
import { fileStore } from './store-files.ts';
import { uploadStore } from './store-uploads.ts';
import { importTools } from './tools.ts';
import { uploadOf } from './upload-key.ts';

/** Times that the queue hands a message over before it puts it aside; `receivesMax` of infra/cloud/work-queue.ts. */
export const receivesMax = 5;

/** Imports uploaded files. A message that fails comes again, and in the end lies in the dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    try {
      await importFilesOf(record);
    } catch (error) {
      const { messageId } = record;
      writeLog({ level: 'ERROR', message: 'upload not imported', messageId, error: describeError(error) });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

async function importFilesOf(record: SQSRecord): Promise<void> {
  const { Records = [] } = JSON.parse(record.body) as Partial<S3Event>;
  const isLastTry = Number(record.attributes.ApproximateReceiveCount) >= receivesMax;
  for (const { s3 } of Records) await importOne(decodeURIComponent(s3.object.key.replaceAll('+', ' ')), isLastTry);
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
