import { RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { capabilityTable } from './capability-table.ts';
import { toConstructId } from './names.ts';
import { UploadBucket } from './upload-bucket.ts';

/** Characters of the key for hashing account numbers: letters and digits, some 380 bits. */
const HASH_KEY_LENGTH = 64;

export interface DataStackProps extends StackProps {
  readonly services: readonly ServiceDescription[];
}

/** What one capability keeps. */
export interface CapabilityData {
  readonly table?: Table;
  /** Names of the table's indexes. */
  readonly indexes?: readonly string[];
  readonly files?: UploadBucket;
}

/**
 * Everything that is kept: a table and a bucket for each capability that describes one, the customer key they are
 * encrypted with, and the secret that account numbers are hashed with. All of it stays when the stack is deleted.
 */
export class DataStack extends Stack {
  readonly key: Key;
  readonly numberHashKey: Secret;
  private readonly dataByService: ReadonlyMap<string, CapabilityData>;

  constructor(scope: Construct, id: string, { services, ...props }: DataStackProps) {
    super(scope, id, { description: 'Yudao: tables, files and keys', terminationProtection: true, ...props });
    this.key = new Key(this, 'Key', {
      description: 'Yudao: encrypts tables, files, queues and settings',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.numberHashKey = this.makeNumberHashKey();
    this.dataByService = new Map(services.map((service) => [service.name, this.makeData(service)]));
  }

  /** What a capability keeps; nothing, where it describes neither table nor bucket. */
  dataOf(service: string): CapabilityData {
    return this.dataByService.get(service) ?? {};
  }

  private makeData({ name, table, bucket }: ServiceDescription): CapabilityData {
    const id = toConstructId(name);
    return {
      ...(table && {
        table: capabilityTable(this, `${id}Table`, { service: name, description: table, key: this.key }),
        indexes: (table.indexes ?? []).map((index) => index.name),
      }),
      ...(bucket && { files: new UploadBucket(this, `${id}Bucket`, { description: bucket, key: this.key }) }),
    };
  }

  private makeNumberHashKey(): Secret {
    const secret = new Secret(this, 'NumberHashKey', {
      description: 'Yudao: the key of the hashes by which account numbers are found',
      encryptionKey: this.key,
      generateSecretString: { passwordLength: HASH_KEY_LENGTH, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The hashes made with this key are stored; with another key no account would be found by its number.',
    });
    return secret;
  }
}
