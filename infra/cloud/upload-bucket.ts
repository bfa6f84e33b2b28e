import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  EventType,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketDescription } from '../../shared/service/description.ts';
import { defaultTimeoutSeconds } from './entries.ts';
import { WorkQueue } from './work-queue.ts';

/** Days that a file stays, in or out. What it says is in the table by then; it is here to import it again if need be. */
const UPLOAD_DAYS = 400;
/** Days that an overwritten or deleted version can be brought back. */
const OLD_VERSION_DAYS = 90;
/** Days after which an upload in parts that nobody ended is dropped. */
const UNFINISHED_UPLOAD_DAYS = 1;
const ACCESS_LOG_DAYS = 400;

export interface UploadBucketProps {
  readonly description: BucketDescription;
  readonly key: Key;
}

/** The bucket for the files of a capability. A file put under its prefix becomes a message in `uploads`. */
export class UploadBucket extends Construct {
  readonly bucket: Bucket;
  /** What the functions may read and write below: that of uploads first. */
  readonly prefixes: readonly string[];
  readonly uploads: WorkQueue;

  constructor(scope: Construct, id: string, { description, key }: UploadBucketProps) {
    super(scope, id);
    this.prefixes = [description.prefix, ...(description.outgoing ?? [])];
    this.bucket = new Bucket(this, 'Files', {
      ...closed,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      serverAccessLogsBucket: accessLogBucket(this),
      lifecycleRules: [
        ...this.prefixes.map((prefix) => ({ prefix, expiration: Duration.days(UPLOAD_DAYS) })),
        {
          noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(UNFINISHED_UPLOAD_DAYS),
        },
      ],
    });
    this.uploads = new WorkQueue(this, 'Uploads', {
      key,
      timeoutSeconds: description.timeoutSeconds ?? defaultTimeoutSeconds,
    });
    this.announceUploads(description.prefix, key);
  }

  /**
   * Tells the queue of new files. Written into the bucket's own resource: CDK's way is a function of its own that edits
   * the bucket after the fact, and may edit every bucket. S3 asks for the queue's policy to be there before.
   */
  private announceUploads(prefix: string, key: Key): void {
    const { queue } = this.uploads;
    const s3 = new ServicePrincipal('s3.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    const sending = queue.grant(s3, 'sqs:SendMessage');
    key.grant(s3, 'kms:Decrypt', 'kms:GenerateDataKey*');
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: [
        {
          event: EventType.OBJECT_CREATED,
          queue: queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
        },
      ],
    };
    sending.applyBefore(bucket);
  }
}

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/** S3 writes access logs only where it holds the key itself. */
function accessLogBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    ...closed,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(ACCESS_LOG_DAYS) }],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'This bucket takes the access logs; logging its own writes into itself would never end.',
  });
  return bucket as IBucket;
}
