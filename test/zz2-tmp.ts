import { startEngine } from '../infra/local/engine.ts';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../functions/statements/store-batches.ts';
for (const kind of ['dynoxide', 'dynamodb-local'] as const) {
const engine = await startEngine({ kind });
const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
for (const stream of [false, true]) {
  const name = `table-${stream}`;
  await client.send(new CreateTableCommand({ TableName: name, BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk','sk'].map((n) => ({ AttributeName: n, AttributeType: 'S' as const })),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const } }) }));
  for (const shape of ['text', 'maps'] as const) {
    const w = batchWriter(client, name);
    const t = performance.now();
    for (let i = 0; i < 300; i++) {
      const one = { amount: 100n, currency: 'EUR', creditDebit: 'DEBIT', reversal: false, status: 'BOOKED', bookingDate: '2026-03-02', valueDate: '2026-03-02', bankReference: 'BANK0-032', transactionCode: 'PMNT/RCDT/ESCT', remittance: 'Invoice 2026 of February', counterparty: { name: 'Customer Number 0', account: 'DE89370400440532013000', bic: 'COBADEFFXX' }, references: { endToEndId: 'E2E-0' }, id: 'ent_2Z71VQ5WNMZJ5XCMQB67E9HXMX' };
      await w.put({ pk: `${shape}${Math.floor(i / 40)}`, sk: String(i).padStart(9, '0'), kind: 'E', entries: shape === 'maps' ? Array.from({ length: 50 }, () => one) : JSON.stringify(Array.from({ length: 50 }, () => ({ ...one, amount: '100' }))) });
    }
    await w.finish();
    console.log(kind, 'stream', stream, shape, Math.round(performance.now() - t), 'ms for 300 items');
  }
}
await engine.stop(); client.destroy();
}
