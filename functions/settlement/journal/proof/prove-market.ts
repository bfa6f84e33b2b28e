import { addDays, type PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { sum } from '../../../../shared/money/sum.ts';
import type * as ledger from '../../../ledger/published.ts';
import type { Market } from '../../markets/market.ts';
import { problems } from '../../problems.ts';
import { movedBy } from '../../settlements/moved-by.ts';
import type { SettlementStore } from '../../store.ts';
import { accountsOf } from '../booking/role-accounts.ts';
import type { Owner } from '../entry.ts';
import { addFigures, noFigures } from '../figures.ts';
import { journalGroups } from '../groups.ts';
import type { JournalLine, MarketLine } from '../line.ts';
import type { AccountRole } from '../role-legs.ts';
import { OrderFold } from './fold-orders.ts';
import { type JournalDay, journalDay, type MarketProof, marketProof, provenGains } from './market-proof.ts';
import { readSums } from './read-sums.ts';

export interface ProofTools {
  readonly store: Pick<
    SettlementStore,
    | 'readLines'
    | 'readTotals'
    | 'readOrdersByNo'
    | 'readMerchants'
    | 'listChannels'
    | 'listSettlements'
    | 'readSumTotals'
    | 'readSplitSums'
  >;
  readonly ledger: Pick<typeof ledger, 'readAccounts'>;
}

/** Lines and orders that one proof reads, at most: what an answer has time and memory for. */
export const readsPerProofMax = 200_000;
const blocksAtOnce = 4;
const settlementsPerPage = 100;
/** What is carried on comes on a later day, whichever that is. */
const endOfTime = '9999-12-31';
const payable = 'payable:';

/**
 * Proves a market: folds every order that was first paid on a day `from` to `to`, and compares it with the lines of all days that it
 * names, with their totals, and, with what settlements paid out and billed of it, with the ledger. Only over all days on which the market was paid is there nothing else in the
 * accounts. What moves meanwhile shows as a difference: asked again when all is quiet, there is none. Problem:
 * `settlement/proof-too-large`.
 */
export async function proveMarket(
  { store, ledger }: ProofTools,
  market: Market,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<MarketProof> {
  const budget = new ProofBudget();
  const fold = await foldOrders(store, market, { from, to }, budget);
  const dates = new Set([...fold.days.values()].map(({ date }) => date));
  const days: JournalDay[] = [];
  const moved = new Map<AccountRole, bigint>();
  for (const date of [...dates].sort()) {
    days.push(...(await readDay(store, market, date, budget)));
    const sums = await readSums(store, market, date, (owner) => allLinesOn(store, market.tenant, owner, date, budget));
    days.push(...sums.days);
    for (const [role, gain] of sums.moved) moved.set(role, (moved.get(role) ?? 0n) + gain);
  }
  const roles = [...new Set([...provenGains(fold.gains).keys(), ...moved.keys()])];
  const accounts = await accountsOf(store, market, roles);
  const found = await ledger.readAccounts(market.tenant, new Set(accounts.values()));
  const balances = new Map<AccountRole, bigint>(
    [...accounts].map(([role, accountId]) => [role, found.get(accountId)?.posted ?? 0n]),
  );
  const settled = await settledOf(store, market.tenant, roles, fold, budget);
  for (const [role, gain] of moved) settled.set(role, (settled.get(role) ?? 0n) + gain);
  return marketProof(market.id, fold, days, { settled, balances, given: -(moved.get('supervised') ?? 0n) });
}

class ProofBudget {
  private read = 0;

  /** Problem: `settlement/proof-too-large`. */
  take(count: number): void {
    this.read += count;
    if (this.read <= readsPerProofMax) return;
    const detail = `The proof would read more than ${readsPerProofMax} orders and lines.`;
    throw problems['proof-too-large'].with({ detail, readsMax: readsPerProofMax });
  }
}

/**
 * An order is found by its first payment, and folded once: where another payment was its first before that one was told, it is
 * found on the day of that one too.
 */
async function foldOrders(
  store: ProofTools['store'],
  { tenant, id }: Market,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  budget: ProofBudget,
): Promise<OrderFold> {
  const fold = new OrderFold();
  const folded = new Set<string>();
  for (let date = from; date <= to; date = addDays(date, 1)) {
    for await (const lines of linesOn(store, tenant, { kind: 'MARKET', id }, date)) {
      budget.take(lines.length);
      const first = lines.filter((line): line is MarketLine => line.kind === 'PAYMENT' && line.coupon !== undefined);
      const fresh = first.filter(({ takesBack, orderNo }) => !takesBack && !folded.has(orderNo));
      const numbers = fresh.map(({ orderNo }) => orderNo);
      const orders = await store.readOrdersByNo(tenant, numbers);
      budget.take(orders.length);
      for (const order of orders) {
        folded.add(order.no);
        fold.add(order);
      }
    }
  }
  return fold;
}

/** What settlements moved of each merchant that the orders name. */
async function settledOf(
  store: ProofTools['store'],
  tenant: string,
  roles: readonly AccountRole[],
  { days }: OrderFold,
  budget: ProofBudget,
): Promise<Map<AccountRole, bigint>> {
  const settled = new Map<AccountRole, bigint>();
  const [from] = [...days.values()].map(({ date }) => date).sort();
  if (from === undefined) return settled;
  for (const role of roles) {
    if (!role.startsWith(payable)) continue;
    const merchantId = role.slice(payable.length);
    let after: string | undefined;
    do {
      const page = await store.listSettlements(
        { tenant, merchantId },
        { from, to: endOfTime },
        after,
        settlementsPerPage,
      );
      budget.take(page.settlements.length);
      const moved = sum(page.settlements.map(movedBy));
      settled.set(role, (settled.get(role) ?? 0n) + moved);
      after = page.next;
    } while (after !== undefined);
  }
  return settled;
}

/** All owners that have a total on the day, with their lines. */
async function readDay(
  store: ProofTools['store'],
  { tenant, id: marketId }: Market,
  date: PlainDate,
  budget: ProofBudget,
): Promise<JournalDay[]> {
  const groups = Array.from({ length: journalGroups }, (_, group) => ({ tenant, marketId, date, group }));
  const totals = (await Promise.all(groups.map((day) => store.readTotals(day)))).flat();
  const owners = Map.groupBy(totals, ({ owner }) => `${owner.kind} ${owner.id}`);
  const days: JournalDay[] = [];
  for (const own of owners.values()) {
    const [first] = own;
    if (!first) continue;
    const lines = await allLinesOn(store, tenant, first.owner, date, budget);
    const total = own.reduce((sum, { figures }) => addFigures(sum, figures), noFigures);
    days.push(journalDay({ owner: first.owner, date }, total, lines));
  }
  return days;
}

async function allLinesOn(
  store: Pick<ProofTools['store'], 'readLines'>,
  tenant: string,
  owner: Owner,
  date: PlainDate,
  budget: ProofBudget,
): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  for await (const page of linesOn(store, tenant, owner, date)) {
    budget.take(page.length);
    lines.push(...page);
  }
  return lines;
}

async function* linesOn(store: Pick<ProofTools['store'], 'readLines'>, tenant: string, owner: Owner, date: PlainDate) {
  let after: string | undefined;
  do {
    const page = await store.readLines(tenant, owner, date, {
      blocks: blocksAtOnce,
      ...(after !== undefined && { after }),
    });
    yield page.lines;
    after = page.next;
  } while (after !== undefined);
}
