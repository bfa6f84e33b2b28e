import type { Cause } from '../../../shared/http/cause.ts';
import type { OpeningRequest } from '../../ledger/published.ts';
import type { SettlementTools } from '../tools.ts';
import type { Market, MarketAccounts } from './market.ts';

type Terms = Pick<OpeningRequest, 'constraint'> & Pick<OpeningRequest['account'], 'purpose'>;

/** What only records must never be refused, so it has no bound; of what is its own a market gives no more than there is. */
const terms: Record<keyof MarketAccounts, Terms> = {
  supervised: { purpose: 'ESCROW', constraint: { type: 'NONE' } },
  inTransit: { purpose: 'CLEARING', constraint: { type: 'NONE' } },
  claims: { purpose: 'GENERAL', constraint: { type: 'NONE' } },
  own: { purpose: 'GENERAL', constraint: { type: 'MIN_BALANCE', minor: 0n } },
};

type Opened = Pick<Market, 'tenant' | 'id' | 'name' | 'legalEntity' | 'currency'>;

/**
 * Opens the accounts of a market, each once: asked again they are the same. What they are opened with is part of their
 * names, so that of two requests for one id each has accounts that fit it. Problems: those of openAccountOnce.
 */
export async function openMarketAccounts(
  { ledger }: Pick<SettlementTools, 'ledger'>,
  market: Opened,
  cause: Cause,
  now: Date,
): Promise<MarketAccounts> {
  const open = (role: keyof MarketAccounts) => {
    const { purpose, constraint } = terms[role];
    return ledger.openAccountOnce(market.tenant, { ...openingOf(market, role, purpose, cause), constraint }, now);
  };
  const [supervised, inTransit, claims, own] = await Promise.all([
    open('supervised'),
    open('inTransit'),
    open('claims'),
    open('own'),
  ]);
  return { supervised, inTransit, claims, own };
}

/** Opens what is owed to a merchant. Problems: those of openAccountOnce. */
export function openPayableAccount(
  { ledger }: Pick<SettlementTools, 'ledger'>,
  market: Opened,
  merchantId: string,
  cause: Cause,
  now: Date,
): Promise<string> {
  const opening = openingOf(market, `payable ${merchantId}`, 'ESCROW', cause);
  return ledger.openAccountOnce(market.tenant, { ...opening, constraint: { type: 'NONE' } }, now);
}

function openingOf(
  { id, name, legalEntity, currency }: Opened,
  role: string,
  purpose: OpeningRequest['account']['purpose'],
  cause: Cause,
): Omit<OpeningRequest, 'constraint'> {
  return {
    name: ['settlement', 'market', id, currency, legalEntity, role],
    account: { currency, holder: legalEntity, name: `${name} ${role}`, purpose, references: { marketId: id } },
    cause,
  };
}
