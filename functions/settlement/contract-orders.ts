import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { channelId } from './channels/channel-shapes.ts';
import { marketId } from './markets/market-shapes.ts';
import { disputeIn, namedIn, splitIn } from './orders/action-shapes.ts';
import * as examples from './orders/order-examples.ts';
import { orderOut } from './orders/order-out-shapes.ts';
import { orderIn, ordersIn, ordersOut, ownNumber } from './orders/order-shapes.ts';
import { paymentIn, paymentOut, slipQuery, slipRefusalIn, transactionId } from './orders/payment-shapes.ts';
import { refundIn, refundResultIn, withdrawalIn } from './orders/refund-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ no: ownNumber });
const refundPath = z.strictObject({ no: ownNumber, refundNo: ownNumber });
const changing = [problems['order-not-found'], general['conflict-retry']];
const checking = [problems['payment-not-found'], problems['payment-ambiguous'], problems['slip-decided']];
const naming = [problems['sub-order-not-found'], problems['order-not-paid'], ...changing];
const TENANT_LENGTH_MAX = 64;

export const orderContract = {
  createOrder: {
    description:
      'The same number with the same content is the same order (200); with other content it is refused. A payment that came ' +
      'before its order is taken at once.',
    body: orderIn,
    response: orderOut,
    problems: [
      problems['market-not-found'],
      problems['merchant-not-found'],
      problems['merchant-suspended'],
      problems['split-rule-not-found'],
      problems['calendar-not-published'],
      problems['order-number-used'],
      general['conflict-retry'],
    ],
    example: examples.createOrder,
  },
  createOrders: {
    description: 'Sent again, be it because it broke off, it comes to the same. Pointers begin at the batch.',
    body: ordersIn,
    response: ordersOut,
    example: examples.createOrders,
  },
  getOrder: { path, response: orderOut, problems: [problems['order-not-found']], example: examples.getOrder },
  payOrder: {
    description:
      'Payments add up. Told again, one changes nothing; told with another amount it is refused. What is paid late counts and ' +
      'is marked; what is paid beyond the order is kept on it and can be refunded. A slip counts once it is confirmed. What the ' +
      'channel does not take by its terms of the day is refused here; what the channel itself has signed is taken and flagged.',
    path,
    body: paymentIn,
    response: paymentOut,
    problems: [
      problems['channel-not-found'],
      problems['market-not-found'],
      problems['channel-not-in-force'],
      problems['payment-refused'],
      problems['payment-differs'],
      problems['too-many-payments'],
      ...changing,
    ],
    example: examples.payOrder,
  },
  confirmOrderPayment: {
    description: 'By another client than the one who told it.',
    path: z.strictObject({ no: ownNumber, transactionId }),
    query: slipQuery,
    response: orderOut,
    problems: [...checking, problems['second-person-required'], ...changing],
    example: examples.confirmOrderPayment,
  },
  refuseOrderPayment: {
    description:
      'A slip that was found wrong. It stays on the order; told again as the slip has it, it is another one.',
    path: z.strictObject({ no: ownNumber, transactionId }),
    query: slipQuery,
    body: slipRefusalIn,
    response: orderOut,
    problems: [...checking, ...changing],
    example: examples.refuseOrderPayment,
  },
  tellChannelCallback: {
    description:
      'A payment has `orderNo`, `transactionId`, `amount`, `currency`, `paidAt` (with its offset) and, where they are told, `fee` and ' +
      '`payMethod` (by name or code; another one is left out); the result of a ' +
      'refund `orderNo`, `refundNo` and `result`. Both name `tenant`, `marketId` and `channelId` as the address does, so that ' +
      'what is signed for one is nothing to another. `signature` is RSA with SHA-256, in base64, over the other fields as ' +
      '`name=value`, sorted by name, joined with `&`; empty ones are left out, nested names are joined by dots. Once it is ' +
      'verified it is acknowledged, whatever becomes of it.',
    path: z.strictObject({ tenant: z.string().min(1).max(TENANT_LENGTH_MAX), marketId, channelId }),
    body: z.record(z.string(), z.json()).meta({ id: 'ChannelCallback' }),
    response: z.object({ code: z.enum(['SUCCESS']), message: z.string() }).meta({ id: 'ChannelCallbackAnswer' }),
    problems: [problems['channel-not-found'], problems['callback-refused'], general['conflict-retry']],
    example: examples.tellChannelCallback,
  },
  confirmOrder: {
    description: 'What counts from it is split; what could not be split before is tried again.',
    path,
    body: namedIn,
    response: orderOut,
    problems: naming,
    example: examples.confirmOrder,
  },
  splitOrder: {
    description: 'Of sub-orders that are split by hand, and of those whose plan could not be carried out.',
    path,
    body: splitIn,
    response: orderOut,
    problems: [
      problems['split-number-used'],
      problems['split-not-manual'],
      problems['split-window-over'],
      problems['above-unsplit'],
      problems['merchant-not-found'],
      problems['receiver-suspended'],
      problems['split-refused'],
      problems['too-many-entries'],
      problems['calendar-not-published'],
      ...naming,
    ],
    example: examples.splitOrder,
  },
  unfreezeOrder: {
    path,
    body: namedIn,
    response: orderOut,
    problems: [problems['split-not-manual'], problems['calendar-not-published'], ...naming],
    example: examples.unfreezeOrder,
  },
  cancelSubsidies: {
    description:
      'The merchants who sell take less, and the order goes on. A subsidy that comes afterwards is given back; those that have landed stay, ' +
      'and then the call changes nothing.',
    path,
    response: orderOut,
    problems: [problems['order-not-paid'], ...changing],
    example: examples.cancelSubsidies,
  },
  refundOrder: {
    description:
      'What is not split goes back first, and the rest is taken from who holds it. The same number with the same content is the ' +
      'same refund. Before an order is paid in full, a refund ends it, and what it leaves is to be given back too. One that waits ' +
      'for subsidies is given back whole or payment by payment, or goes on without them first. Where merchants have too little it is ' +
      'PENDING_FUNDS: it counts on their days from then on, so that what it is to take is not paid out.',
    path,
    body: refundIn,
    response: orderOut,
    problems: [
      problems['refund-number-used'],
      problems['subsidies-owed'],
      problems['refund-above-left'],
      problems['refund-refused'],
      problems['refund-above-payment'],
      problems['payment-not-found'],
      problems['refund-uncertain'],
      problems['refund-too-late'],
      problems['order-not-paid'],
      problems['too-many-entries'],
      ...changing,
    ],
    example: examples.refundOrder,
  },
  tellRefundResult: {
    description: 'Told late or again it changes nothing. Told before the refund is FUNDED, it counts from then on.',
    path: refundPath,
    body: refundResultIn,
    response: orderOut,
    problems: [problems['refund-not-found'], ...changing],
    example: examples.tellRefundResult,
  },
  withdrawRefund: {
    description: 'Of one that is PENDING_FUNDS: what it was to take is free again.',
    path: refundPath,
    body: withdrawalIn,
    response: orderOut,
    problems: [problems['refund-not-found'], problems['refund-not-withdrawn'], ...changing],
    example: examples.withdrawRefund,
  },
  disputeOrder: {
    description:
      'What is not settled yet is held: its lines stand on the days of merchants, with what takes them off again. Told again for the ' +
      'same reason it changes nothing.',
    path,
    body: disputeIn,
    response: orderOut,
    problems: [problems['order-not-paid'], problems['order-disputed'], problems['too-many-entries'], ...changing],
    example: examples.disputeOrder,
  },
  resolveOrderDispute: {
    description:
      'What was held is paid out on the day on which it is due, or where that is over on the day on which it is released; that is ' +
      'today, or the next working day. What refunds took meanwhile is not.',
    path,
    response: orderOut,
    problems: changing,
    example: examples.resolveOrderDispute,
  },
} satisfies Contract;
