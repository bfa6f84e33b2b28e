import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type CfnTable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ServiceDescription } from '../../shared/service/description.ts';

export class DataStack extends Stack {
  constructor(scope: Construct, id: string, { services }: { services: readonly ServiceDescription[] }) {
    super(scope, id);
    for (const service of services) {
      if (!service.table) continue;
      const table = new Table(this, `${service.name}Table`, {
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        sortKey: { name: 'sk', type: AttributeType.STRING },
        billingMode: BillingMode.PAY_PER_REQUEST,
        stream: StreamViewType.NEW_AND_OLD_IMAGES,
        removalPolicy: RemovalPolicy.RETAIN,
      });
      for (const index of service.table.indexes ?? []) {
        table.addGlobalSecondaryIndex({
          indexName: index.name,
          partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
          sortKey: { name: index.sortKey, type: AttributeType.STRING },
        });
      }
      (table.node.defaultChild as CfnTable).addMetadata('yudao:service', service.name);
    }
  }
}
