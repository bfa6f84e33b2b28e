import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys } from './keys.ts';
import { type RailOutages, type RailsConfiguration, type RailsInUse, railsInUse } from './rails/configuration.ts';
import { configurationFromPlain, configurationToPlain, outagesFromPlain, outagesToPlain } from './rails/rail-items.ts';
import { versionWriter } from './store-versions.ts';

/** The rails of tenants and their outages. All reads are strongly consistent. */
export function railStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const putVersion = versionWriter(client, table);

  async function readConfiguration(tenant: string): Promise<RailsConfiguration | undefined> {
    const item = await get({ pk: keys.rails(tenant), sk: keys.railsConfiguration });
    return item && configurationFromPlain(item);
  }

  async function readOutages(tenant: string, railId: string): Promise<RailOutages | undefined> {
    const item = await get({ pk: keys.rails(tenant), sk: keys.railOutages(railId) });
    return item && outagesFromPlain(item);
  }

  /** The configuration and all outages, by the ids of the rails. */
  async function readRails(tenant: string): Promise<RailsInUse> {
    const found: Plain[] = [];
    let after: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const { items, lastKey } = await query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': keys.rails(tenant) }),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      });
      found.push(...items);
      after = lastKey;
    } while (after);
    const configuration = found.find(({ kind }) => kind === 'RAILS');
    const outages = found.filter(({ kind }) => kind === 'RAIL_OUTAGES').map(outagesFromPlain);
    return railsInUse(configuration && configurationFromPlain(configuration), outages);
  }

  const writeConfiguration = (next: RailsConfiguration) => putVersion(configurationToPlain(next), next.version);
  const writeOutages = (next: RailOutages) => putVersion(outagesToPlain(next), next.version);

  return { readConfiguration, readOutages, readRails, writeConfiguration, writeOutages };
}
