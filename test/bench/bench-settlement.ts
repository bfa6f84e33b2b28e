import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openAccountUnderName } from '../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../functions/ledger/read-accounts.ts';
import { ledgerStore } from '../../functions/ledger/store.ts';
import { takeDefaultChannels } from '../../functions/settlement/channels/take-default-channels.ts';
import type { JournalTools } from '../../functions/settlement/journal/take-changes.ts';
import type { Market } from '../../functions/settlement/markets/market.ts';
import {
  openMarketAccounts,
  openPayableAccount,
  openSubsidyAccount,
} from '../../functions/settlement/markets/open-accounts.ts';
import type { Merchant } from '../../functions/settlement/merchants/merchant.ts';
import { journalingStore } from '../../functions/settlement/store.ts';
import type { SettlementTools } from '../../functions/settlement/tools.ts';
import { benchCause } from './bench-collection.ts';
import { benchNow } from './bench-ledger.ts';

/** A market of a hundred merchants, as benchmarks of settlement use it. */
export const merchants = 100;
export const tenant = 'bench';
export const marketId = 'mkt_bench';

/** What settlement works with, over a client of its own. */
export function toolsOver(client: DynamoDBClient, table: string, ledgerTable: string) {
  const books = ledgerStore(client, ledgerTable);
  return {
    store: journalingStore(client, table),
    ledger: {
      postTransfers: (of, orders, at, options) => postOrders(books, of, orders, at, options),
      openAccountOnce: (of, request, at) => openAccountUnderName(books, of, request, at),
      readAccounts: (of, ids) => readLedgerAccounts(books, of, ids),
    },
  } satisfies JournalTools & SettlementTools;
}

/** A market in yuan with one channel and its merchants, all of them paid out to one account of the ledger. */
export async function prepareMarket(tools: SettlementTools): Promise<Market> {
  const { store } = tools;
  const facts = {
    tenant,
    id: marketId,
    name: '锦里',
    legalEntity: '成都锦里市场管理有限公司',
    currency: 'CNY' as const,
  };
  const changed = { revision: 1, changedAt: benchNow.toISOString(), cause: benchCause };
  const market: Market = {
    ...facts,
    ...{ zone: 'Asia/Shanghai', calendar: 'CN_STATE_COUNCIL', orderTimeoutMinutes: 30, shortfall: { kind: 'CARRY' } },
    accounts: await openMarketAccounts(tools, facts, benchCause, benchNow),
    ...changed,
  };
  const channels = await takeDefaultChannels(tools, market, ['WECHAT_PAY'], benchCause, benchNow);
  await store.createMarket(market, channels, claim(marketId));
  const account = { currency: 'CNY', holder: facts.name, name: 'payouts', purpose: 'GENERAL', references: {} } as const;
  const opening = { name: ['bench', 'payouts'], account, constraint: { type: 'NONE' }, cause: benchCause } as const;
  const accountId = await tools.ledger.openAccountOnce(tenant, opening, benchNow);
  for (let n = 0; n < merchants; n++) {
    const id = merchantId(n);
    const payableAccountId = await openPayableAccount(tools, market, id, benchCause, benchNow);
    const subsidyAccountId = await openSubsidyAccount(tools, market, id, benchCause, benchNow);
    const merchant: Merchant = {
      ...{
        tenant,
        id,
        marketId,
        name: id,
        kind: 'COMPANY',
        state: 'ACTIVE',
        payableAccountId,
        subsidyAccountId,
        ...changed,
      },
      payout: { to: 'LEDGER', accountId },
    };
    await store.createMerchant(merchant, claim(id));
  }
  return market;
}

export const merchantId = (n: number) => `mer_${String(n).padStart(4, '0')}`;

export function claim(key: string) {
  return { operation: 'bench', key, fingerprint: key, id: key, at: benchNow.toISOString(), cause: benchCause };
}
