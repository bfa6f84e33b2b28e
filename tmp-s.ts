import { startEngine } from '/work/main/infra/local/engine.ts';
import { createTables, localAccess, planTables } from '/work/main/infra/local/tables.ts';
import { DynamoDBClient, PutItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, DescribeStreamCommand, GetShardIteratorCommand, GetRecordsCommand, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
let t=performance.now();
const plans = await planTables([{name:'tiny',title:'',description:'',table:{}}]);
console.log('plan', performance.now()-t, JSON.stringify(plans));
for (const kind of ['dynoxide','dynamodb-local'] as const) {
  const directory='/tmp/st-'+kind;
  for (const round of [1,2]) {
  const e = await startEngine({kind, directory});
  const [tab] = await createTables(e.endpoint, plans, s=>'t-'+s);
  console.log(tab);
  const c = new DynamoDBClient({endpoint:e.endpoint,...localAccess});
  const s = new DynamoDBStreamsClient({endpoint:e.endpoint,...localAccess});
  await c.send(new PutItemCommand({TableName:'t-tiny',Item:{pk:{S:'a'},sk:{S:'b'+round},kind:{S:'X'},b:{B:new Uint8Array([1,2])},n:{N:'5'}}}));
  if (round==2) await c.send(new DeleteItemCommand({TableName:'t-tiny',Key:{pk:{S:'a'},sk:{S:'b1'}}}));
  const d = await s.send(new DescribeStreamCommand({StreamArn:tab!.streamArn!}));
  console.log(JSON.stringify(d.StreamDescription!.Shards));
  for (const sh of d.StreamDescription!.Shards!) {
    const it = await s.send(new GetShardIteratorCommand({StreamArn:tab!.streamArn!,ShardId:sh.ShardId!,ShardIteratorType:'TRIM_HORIZON'}));
    const r = await s.send(new GetRecordsCommand({ShardIterator:it.ShardIterator!, Limit:1000}));
    console.log(sh.ShardId, JSON.stringify(r.Records), r.NextShardIterator);
    const last = r.Records!.at(-1)?.dynamodb!.SequenceNumber;
    if (last) { const it2 = await s.send(new GetShardIteratorCommand({StreamArn:tab!.streamArn!,ShardId:sh.ShardId!,ShardIteratorType:'AFTER_SEQUENCE_NUMBER',SequenceNumber:last}));
      const r2 = await s.send(new GetRecordsCommand({ShardIterator:it2.ShardIterator!})); console.log(r2.Records!.length, r2.NextShardIterator);
      try { const it3 = await s.send(new GetShardIteratorCommand({StreamArn:tab!.streamArn!,ShardId:sh.ShardId!,ShardIteratorType:'AFTER_SEQUENCE_NUMBER',SequenceNumber:'000000000000000000001'})); console.log('old seq ok'); } catch (er) { console.log(String(er)); }
      t=performance.now(); for (let i=0;i<50;i++) await s.send(new GetRecordsCommand({ShardIterator:it2.ShardIterator!})); console.log('ms per empty poll', (performance.now()-t)/50);
 }
  }
  await e.stop();
  }
}
