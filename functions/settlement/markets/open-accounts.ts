import type { Cause } from '../../../shared/http/cause.ts';
import type { OpeningRequest } from '../../ledger/published.ts';
import type { SettlementTools } from '../tools.ts';
import type { Market, MarketAccounts } from './market.ts';

type Terms = Pick<OpeningRequest, 'constraint' | 'owned' | 'takesCredits'> & Pick<OpeningRequest['account'], 'purpose'>;

/**
 * What only records must never be refused, so it has no bound; of what is its own a market gives no more than there is. What merchants
 * pay for what they owe is booked by whoever hears of it.
 */
const terms: Record<keyof MarketAccounts, Terms> = {
  supervised: { purpose: 'ESCROW', constraint: { type: 'NONE' }, owned: true },
  inTransit: { purpose: 'CLEARING', constraint: { type: 'NONE' }, owned: true },
  paidOut: { purpose: 'CLEARING', constraint: { type: 'NONE' }, owned: true },
  claims: { purpose: 'GENERAL', constraint: { type: 'NONE' }, owned: true, takesCredits: true },
  own: { purpose: 'GENERAL', constraint: { type: 'MIN_BALANCE', minor: 0n }, owned: false },
};

type Opener = Pick<SettlementTools, 'ledger'>;
type Opened = Pick<Market, 'tenant' | 'id' | 'name' | 'legalEntity' | 'currency'>;

/**
 * Opens the accounts of a market, each once: asked again they are the same. What they are opened with is part of their
 * names, so that of two requests for one id each has accounts that fit it. Problems: those of openAccountOnce.
 */
export async function openMarketAccounts(
  { ledger }: Opener,
  market: Opened,
  cause: Cause,
  now: Date,
): Promise<MarketAccounts> {
  const open = (role: keyof MarketAccounts) => {
    const { purpose, ...rest } = terms[role];
    return ledger.openAccountOnce(market.tenant, { ...openingOf(market, role, purpose, cause), ...rest }, now);
  };
  const [supervised, inTransit, paidOut, claims, own] = await Promise.all([
    open('supervised'),
    open('inTransit'),
    open('paidOut'),
    open('claims'),
    open('own'),
  ]);
  return { supervised, inTransit, paidOut, claims, own };
}

/** Opens what is owed to a merchant. Problems: those of openAccountOnce. */
export function openPayableAccount(tools: Opener, market: Opened, merchantId: string, cause: Cause, now: Date) {
  return openOwned(tools, market, openingOf(market, `payable ${merchantId}`, 'ESCROW', cause), now);
}

/**
 * Opens what a merchant that stands for a brand gives coupons from. It is its own: the market or the brand puts money there, and no
 * more is given than there is. Problems: those of openAccountOnce.
 */
export function openSubsidyAccount({ ledger }: Opener, market: Opened, merchantId: string, cause: Cause, now: Date) {
  const { purpose, ...rest } = terms.own;
  const opening = openingOf(market, `subsidy ${merchantId}`, purpose, cause);
  return ledger.openAccountOnce(market.tenant, { ...opening, ...rest }, now);
}

/** Opens what a channel owes, as a balance below zero. Problems: those of openAccountOnce. */
export function openChannelAccount(tools: Opener, market: Opened, channelId: string, cause: Cause, now: Date) {
  return openOwned(tools, market, openingOf(market, `channel ${channelId}`, 'CLEARING', cause), now);
}

function openOwned(
  { ledger }: Opener,
  { tenant }: Opened,
  opening: Omit<OpeningRequest, 'constraint'>,
  now: Date,
): Promise<string> {
  return ledger.openAccountOnce(tenant, { ...opening, constraint: { type: 'NONE' }, owned: true }, now);
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
