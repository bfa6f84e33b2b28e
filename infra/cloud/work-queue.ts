import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Times a message is handed over before it is put aside. */
export const receivesMax = 5;
/** Days that a message put aside waits for someone to look at it; the longest that SQS keeps any. */
const RETENTION_DAYS = 14;
/** AWS's advice: a message stays hidden six times as long as the function may run. */
const VISIBILITY_FACTOR = 6;

export interface WorkQueueProps {
  readonly key: IKey;
  /** Seconds that the function behind the queue may run. */
  readonly timeoutSeconds: number;
}

/** A queue in front of a function, with the queue for what the function could not handle. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { key, timeoutSeconds }: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', key);
    this.queue = new Queue(this, 'Queue', {
      ...encryptedBy(key),
      visibilityTimeout: Duration.seconds(timeoutSeconds * VISIBILITY_FACTOR),
      retentionPeriod: Duration.days(RETENTION_DAYS),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receivesMax },
    });
  }
}

/** A queue for what could not be handled elsewhere: a message in it raises an alarm. */
export function deadLetterQueue(scope: Construct, id: string, key: IKey): Queue {
  return new Queue(scope, id, { ...encryptedBy(key), retentionPeriod: Duration.days(RETENTION_DAYS) });
}

function encryptedBy(key: IKey) {
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true };
}
