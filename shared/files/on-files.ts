import type { S3Event, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError, writeLog } from '../http/log.ts';

/** Times that the queue hands a message over before it puts it aside; `receivesMax` of infra/cloud/work-queue.ts. */
export const receivesMax = 5;

/** Takes one file that was put, by its key; `isLastTry` where it does not come again if it fails. */
export type TakeFile = (key: string, isLastTry: boolean) => Promise<void>;

/** Hands over the files that messages tell of. What fails comes again, and in the end lies in the dead-letter queue. */
export async function takeFiles(event: SQSEvent, failed: string, take: TakeFile): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    try {
      await takeFilesOf(record, take);
    } catch (error) {
      const { messageId } = record;
      writeLog({ level: 'ERROR', message: failed, messageId, error: describeError(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function takeFilesOf(record: SQSRecord, take: TakeFile): Promise<void> {
  const { Records = [] } = JSON.parse(record.body) as Partial<S3Event>;
  const isLastTry = Number(record.attributes.ApproximateReceiveCount) >= receivesMax;
  for (const { s3 } of Records) await take(decodeURIComponent(s3.object.key.replaceAll('+', ' ')), isLastTry);
}
