import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { comparisonFromPlain } from './comparing/comparison-items.ts';
import { proofFromPlain } from './journal/proof/proof-items.ts';
import { openComparisons, openProofs } from './keys.ts';
import { runFromPlain } from './settlements/settlement-items.ts';
import { openRuns } from './settlements/settlement-keys.ts';
import { readList } from './store-list.ts';

/** What is under way in the background, of all tenants, by pages: as it stands, though the index may lag a moment. */
export function underWayStore(client: DynamoDBClient, table: string) {
  async function listRunsUnderWay(after: string | undefined, count: number) {
    const { found, ...more } = await readList(client, table, openRuns, after, count);
    return { runs: found.map(runFromPlain), ...more };
  }

  async function listProofsUnderWay(after: string | undefined, count: number) {
    const { found, ...more } = await readList(client, table, openProofs, after, count);
    return { found: found.map(proofFromPlain), ...more };
  }

  async function listComparisonsUnderWay(after: string | undefined, count: number) {
    const { found, ...more } = await readList(client, table, openComparisons, after, count);
    return { found: found.map(comparisonFromPlain), ...more };
  }

  return { listRunsUnderWay, listProofsUnderWay, listComparisonsUnderWay };
}
