import { startEngine } from '../infra/local/engine.ts';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { statementStore } from '../functions/statements/store.ts';
import { importFile } from '../functions/statements/import-file.ts';
import { parsedFile } from '../functions/statements/parsed-file.ts';
import { numberHasher } from '../functions/statements/account-number.ts';
import { readFile } from '../functions/statements/read-file.ts';
import { service } from '../functions/statements/service.ts';
import { statementFile } from './bench/statement-files.ts';
const [, , format = 'camt.053', mb = '100'] = process.argv;
const size = Number(mb) * 1e6;
async function* mt940(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(':20:BENCH\r\n:25:DE02120300000000202051\r\n:28C:41/1\r\n:60F:C260301EUR0,00\r\n');
  let sum = 0; let sent = 0; let i = 0;
  while (sent < size) {
    let text = '';
    for (let k = 0; k < 300; k++) { i++; sum += 100 + (i % 90);
      text += `:61:2603020302C${1 + 0},${String(i % 90).padStart(2, '0')}NTRFE2E-${i}//BANK${i}\r\n:86:166?00GUTSCHRIFT?100399?20EREF+E2E-${i}?21SVWZ+Invoice 2026-${i} of?22 February\r\n?30COBADEFFXXX?31DE89370400440532013000?32Customer Number ${i} GmbH\r\n`; }
    sent += text.length; yield Buffer.from(text);
  }
  yield Buffer.from(`:62F:C260302EUR${Math.floor(sum / 100)},${String(sum % 100).padStart(2, '0')}\r\n-\r\n`);
}
const source = format === 'MT940' ? mt940 : () => statementFile('camt.053', size);
let t = performance.now();
const p1 = await readFile(parsedFile(source)());
const pass1 = performance.now() - t;
console.log('pass 1 only', Math.round(pass1), 'ms', p1.entries, 'entries', Math.round(size / 1e3 / pass1), 'MB/s', 'rss', Math.round(process.resourceUsage().maxRSS / 1024));
const engine = await startEngine({});
const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const table = { name: 'x-statements' };
const indexes = service.table!.indexes!;
await client.send(new CreateTableCommand({ TableName: table.name, BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [...new Set(['pk', 'sk', ...indexes.flatMap((x) => [x.partitionKey, x.sortKey])])].map((n) => ({ AttributeName: n, AttributeType: 'S' as const })),
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
  GlobalSecondaryIndexes: indexes.map((x) => ({ IndexName: x.name, KeySchema: [{ AttributeName: x.partitionKey, KeyType: 'HASH' as const }, { AttributeName: x.sortKey, KeyType: 'RANGE' as const }], Projection: { ProjectionType: 'ALL' as const } })),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const } }));
const store = statementStore(client, table.name);
let peak = 0;
const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 100);
for (const run of [1, 2]) {
  t = performance.now();
  const result = await importFile({ store, hashNumber: numberHasher('k'), findAccount: async () => ({ accountId: 'acc_1', currency: 'EUR' }) },
    { actor: { tenant: 'demo', client: 'c', role: 'treasurer', requestId: 'r' }, now: new Date(), importId: `imp_${run}`, events: parsedFile(source) });
  const ms = performance.now() - t;
  console.log('run', run, Math.round(ms), 'ms', result.facts.entries, 'entries', result.statements.map((s) => s.status + ' ' + s.entries + ' ' + (s.importId)), 'peak rss MB', Math.round(peak / 1048576), 'heap', Math.round(process.memoryUsage().heapUsed / 1048576));
}
clearInterval(timer);
await engine.stop(); client.destroy();
