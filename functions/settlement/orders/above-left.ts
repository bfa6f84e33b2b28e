import { presentAmount } from '../../../shared/money/present.ts';
import { problems } from '../problems.ts';
import type { Order } from './order.ts';

/** More is asked back than is left: what is. */
export function aboveLeft({ currency }: Pick<Order, 'currency'>, left: bigint, asked: bigint, pointer: string) {
  const shown = presentAmount(left, currency);
  const detail = `${shown.amount} ${currency} are left to give back.`;
  const facts = { detail, left: shown, asked: presentAmount(asked, currency) };
  return problems['refund-above-left'].with(facts).at({ pointer, detail });
}
