import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type CfnTable,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TableDescription } from '../../shared/service/description.ts';

/** The table's resource carries its capability under this name, so that a reader of the template can tell them apart. */
export const serviceMetadata = 'yudao:service';

/** Days back to which a table can be restored, to the second. The longest that DynamoDB offers. */
const RECOVERY_DAYS = 35;

/** The table of one capability. It outlives its stack: neither deleting the stack nor a wrong hand deletes money. */
export function capabilityTable(
  scope: Construct,
  id: string,
  { service, description, key }: { service: string; description: TableDescription; key: IKey },
): Table {
  const { timeToLiveAttribute, indexes = [] } = description;
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(timeToLiveAttribute && { timeToLiveAttribute }),
  });
  for (const { name, partitionKey, sortKey, projection } of indexes) {
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: projection === 'KEYS' ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
    });
  }
  (table.node.defaultChild as CfnTable).addMetadata(serviceMetadata, service);
  return table;
}
