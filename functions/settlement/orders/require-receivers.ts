import { general } from '../../../shared/problems/general.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import { foreignAmong, type PlacedAmount } from '../markets/foreign-amounts.ts';
import { problems } from '../problems.ts';
import { checkTerms } from '../splits/check-terms.ts';
import { termsFor } from '../splits/merchants-line.ts';
import { foreignAmounts, toTerms } from '../splits/terms-shapes.ts';
import type { SplitRequest } from './action-shapes.ts';
import type { Order } from './order.ts';
import type { ReadFacts } from './read-plan-facts.ts';
import type { RefundRequest } from './refund-shapes.ts';

/**
 * Problems: `request/malformed` for amounts of another currency and terms that contradict themselves, `settlement/merchant-not-found` for
 * receivers of no such market.
 */
export function requireReceivers(request: SplitRequest, order: Order, { merchants }: ReadFacts): void {
  const { currency, marketId } = order;
  const { receivers = [], terms, amount } = request;
  const amounts = receivers.map((one, place): PlacedAmount => [`/receivers/${place}/amount`, one.amount]);
  const inTerms = terms ? foreignAmounts(terms, currency) : [];
  refuse(general.malformed, [
    ...foreignAmong([...amounts, ['/amount', amount]], currency),
    ...inTerms.map(({ pointer, detail }) => ({ pointer: `/terms${pointer}`, detail })),
  ]);
  refuse(general.malformed, termsFaults(request, order));
  const named = [
    ...receivers.map(({ merchantId }, place) => ({ merchantId, pointer: `/receivers/${place}/merchantId` })),
    ...(terms?.lines ?? []).map(({ receiver }, place) => ({
      merchantId: receiver,
      pointer: `/terms/lines/${place}/receiver`,
    })),
  ];
  const strangers = named.flatMap(({ merchantId, pointer }) => {
    const isKnown = merchantId === undefined || merchants.get(merchantId)?.marketId === marketId;
    return isKnown ? [] : [{ pointer, detail: `There is no merchant ${merchantId} of ${marketId}.` }];
  });
  refuse(problems['merchant-not-found'], strangers);
}

/** By who sells: lines that name that merchant are its own. */
function termsFaults({ subOrderNo, terms }: SplitRequest, { subOrders }: Order): FieldFault[] {
  const seller = subOrders.find(({ no }) => no === subOrderNo)?.merchantId;
  if (!terms || seller === undefined) return [];
  return checkTerms(termsFor(toTerms(terms), seller)).map(({ path, detail }) => ({
    pointer: ['/terms', ...path].join('/'),
    detail,
  }));
}

/** Problem: `request/malformed`. */
export function requireCurrency(request: RefundRequest, { currency }: Pick<Order, 'currency'>): void {
  const { amount, lines = [], beyond, amounts = [] } = request;
  refuse(
    general.malformed,
    foreignAmong(
      [
        ['/amount', amount],
        ['/beyond', beyond],
        ...lines.map((line, place): PlacedAmount => [`/lines/${place}/amount`, line.amount]),
        ...amounts.map((one, place): PlacedAmount => [`/amounts/${place}/amount`, one.amount]),
      ],
      currency,
    ),
  );
}

function refuse(problem: typeof general.malformed, faults: readonly FieldFault[]): void {
  const [first] = faults;
  if (first) throw problem.with({ detail: first.detail }).at(...faults);
}
