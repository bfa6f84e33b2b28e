import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { versionToPlain } from '../../../functions/ledger/items.ts';
import { firstVersion } from '../../../functions/ledger/open-account.ts';
import { ledgerStore } from '../../../functions/ledger/store.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { testCause } from '../../support/commands.ts';

const account = {
  id: 'acc_1',
  currency: 'CNY',
  holder: 'H',
  purpose: 'GENERAL',
  hot: false,
  references: {},
  openedAt: '2026-03-02T00:00:00.000Z',
} as const;
const first = firstVersion(account, { constraint: { type: 'NONE' }, cause: testCause });
const item = (version: number) => toItem(versionToPlain({ ...first, state: { ...first.state, version } }));

it('versions of a query that DynamoDB cuts at 1 MB are read to the end', async () => {
  const client = mockClient(DynamoDBClient);
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [item(0), item(1)], LastEvaluatedKey: { pk: { S: 'p' }, sk: { S: '1' } } })
    .resolvesOnce({ Items: [item(2)], LastEvaluatedKey: { pk: { S: 'p' }, sk: { S: '2' } } })
    .resolvesOnce({ Items: [item(3)] });
  const store = ledgerStore(new DynamoDBClient({ region: 'local' }), 'table');
  const versions = await store.readVersions('t', 'acc_1', { from: 0, to: 3 });
  expect(versions.map(({ state }) => state.version)).toEqual([0, 1, 2, 3]);
});

it('a limit counts over pages', async () => {
  const client = mockClient(DynamoDBClient);
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [item(0), item(1)], LastEvaluatedKey: { pk: { S: 'p' }, sk: { S: '1' } } })
    .resolves({ Items: [item(2)], LastEvaluatedKey: { pk: { S: 'p' }, sk: { S: '2' } } });
  const store = ledgerStore(new DynamoDBClient({ region: 'local' }), 'table');
  expect(await store.readVersions('t', 'acc_1', { from: 0, to: 9, limit: 3 })).toHaveLength(3);
  expect(client.commandCalls(QueryCommand).map((call) => call.args[0].input.Limit)).toEqual([3, 1]);
});
