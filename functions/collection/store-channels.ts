import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { BankChannel } from './channels/bank-channel.ts';
import { channelFromPlain, channelToPlain } from './channels/channel-items.ts';
import { keys } from './keys.ts';
import { versionWriter } from './store-versions.ts';

/** How tenants reach their banks; reads are strongly consistent. */
export function channelStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);
  const putVersion = versionWriter(client, table);

  async function readChannel(tenant: string): Promise<BankChannel | undefined> {
    const item = await get(keys.bankChannel(tenant));
    return item && channelFromPlain(item);
  }

  const writeChannel = (next: BankChannel) => putVersion(channelToPlain(next), next.version);

  return { readChannel, writeChannel };
}
