import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { sendStatements } from './grants.ts';

/** Times a message is handed over before it is put aside. */
export const receivesMax = 5;
/** Days that a message put aside waits for someone to look at it; the longest that SQS keeps any. */
const RETENTION_DAYS = 14;
const retentionPeriod = Duration.days(RETENTION_DAYS);
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
    this.deadLetters = new Queue(this, 'DeadLetters', { ...encryptedBy(key), retentionPeriod });
    this.queue = new Queue(this, 'Queue', {
      ...encryptedBy(key),
      visibilityTimeout: Duration.seconds(timeoutSeconds * VISIBILITY_FACTOR),
      retentionPeriod,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receivesMax },
    });
  }
}

/** A queue for what could not be handled elsewhere: a message in it raises an alarm. */
export function deadLetterQueue(scope: Construct, id: string, key: IKey): Queue {
  const queue = new Queue(scope, id, { ...encryptedBy(key), retentionPeriod });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a queue of dead letters, though of a stream, a schedule or the bus and not of another queue.',
  });
  return queue;
}

/** Where Lambda puts what a function could not handle: as a stream's destination and as that of a run by itself. */
export function putAside(queue: Queue, key: IKey) {
  return {
    bind(_source: unknown, fn: IFunction) {
      for (const statement of sendStatements(queue.queueArn, key.keyArn)) fn.addToRolePolicy(statement);
      return { destination: queue.queueArn };
    },
  };
}

function encryptedBy(key: IKey) {
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true };
}
