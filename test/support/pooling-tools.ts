import { bindRealAccount } from '../../functions/ledger/bind-book.ts';
import { openAccountUnderName } from '../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../functions/ledger/read-accounts.ts';
import { readStatement } from '../../functions/ledger/read-statement.ts';
import { readValueDated } from '../../functions/ledger/read-value-dated.ts';
import { recordIdOfName } from '../../functions/ledger/record-name.ts';
import type { LedgerStore } from '../../functions/ledger/store.ts';
import type { PoolingStore } from '../../functions/pooling/store.ts';
import type { Ledger, PoolingTools } from '../../functions/pooling/tools.ts';
import { requireRate } from '../../functions/rates/require-rate.ts';
import type { RateStore } from '../../functions/rates/store.ts';
import { normaliseAccountNumber } from '../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../shared/identifiers/keyed-hash.ts';

type Rates = Pick<RateStore, 'readNewest'>;
const noRates: Rates = { readNewest: async () => undefined };

/** Tools on stores of the test's choice; a store that fails now and then is put in here. */
export function toolsOn(store: PoolingStore, inLedger: LedgerStore, rates: Rates = noRates): PoolingTools {
  return {
    store,
    ledger: ledgerOn(inLedger),
    rateBetween: (tenant, setName, date, base, quote) => requireRate(rates, { tenant, setName, date, base, quote }),
    hashNumber: (number) => keyedHash(normaliseAccountNumber(number), 'test key'),
  };
}

/** What the ledger publishes, bound to a store of the test's. */
function ledgerOn(store: LedgerStore): Ledger {
  return {
    readAccounts: (tenant, ids) => readLedgerAccounts(store, tenant, ids),
    openAccountOnce: (tenant, request, at) => openAccountUnderName(store, tenant, request, at),
    bindBook: (tenant, binding, at) => bindRealAccount(store, tenant, binding, at),
    postTransfers: (tenant, orders, at, options) => postOrders(store, tenant, orders, at, options),
    transferIdOf: (tenant, ...name) => recordIdOfName(tenant, name),
    readValueDatedBalances: (tenant, ids, from) => readValueDated(store, tenant, ids, from),
    readAccountStatement: (tenant, accountId, query) => readStatement(store, tenant, accountId, query),
  };
}
