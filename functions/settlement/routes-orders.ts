import type { Role, RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const orders = '/v1/orders';
const order = `${orders}/{no}`;
/** Who may confirm what an operator has told. */
const checkers: readonly Role[] = ['operator', 'approver'];

const act = (operation: string, path: string, summary: string): RouteDescription => ({
  ...{ operation, method: 'POST', path: `${order}/${path}`, access: keepers, summary, success: 200 },
  idempotencyKey: 'REQUIRED',
});

/** What settlement serves over orders; part of its description. Payments are known by channel and transaction, so they have no key. */
export const orderRoutes: readonly RouteDescription[] = [
  {
    operation: 'createOrder',
    method: 'POST',
    path: orders,
    access: keepers,
    summary: 'Record an order (主订单) with its sub-orders, coupons and how it is split',
    success: 201,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'createOrders',
    method: 'POST',
    path: `${orders}/batch`,
    access: keepers,
    summary: 'Record up to 1,000 orders, each accepted or refused by itself',
    success: 200,
    idempotencyKey: 'REQUIRED',
  },
  {
    operation: 'getOrder',
    method: 'GET',
    path: order,
    access: readers,
    summary: 'Get an order: its money, shares, refunds and history',
    success: 200,
  },
  {
    operation: 'payOrder',
    method: 'POST',
    path: `${order}/payments`,
    access: keepers,
    summary: 'Tell a payment of an order',
    success: 200,
  },
  {
    operation: 'confirmOrderPayment',
    method: 'POST',
    path: `${order}/payments/{transactionId}/confirm`,
    access: checkers,
    summary: 'Confirm a payment that was told by slip (复核)',
    success: 200,
  },
  {
    operation: 'refuseOrderPayment',
    method: 'POST',
    path: `${order}/payments/{transactionId}/refuse`,
    access: checkers,
    summary: 'Refuse a slip that was found wrong',
    success: 200,
  },
  {
    operation: 'tellChannelCallback',
    method: 'POST',
    path: '/v1/channel-callbacks/{tenant}/{marketId}/{channelId}',
    access: 'PUBLIC',
    summary: 'Take a signed callback of a pay channel',
    success: 200,
  },
  act('confirmOrder', 'confirm', 'Confirm that the goods were received (确认收货)'),
  act('splitOrder', 'splits', 'Split a sub-order by hand (请求分账)'),
  act('unfreezeOrder', 'unfreeze', 'Give what is not split to the merchants who sell (解冻)'),
  act('cancelSubsidies', 'cancel-subsidies', 'Go on without what funders of coupons still owe (取消补差)'),
  act('refundOrder', 'refunds', 'Refund an order or parts of it'),
  act('tellRefundResult', 'refunds/{refundNo}/result', 'Tell what the channel made of a refund'),
  act('withdrawRefund', 'refunds/{refundNo}/withdraw', 'Withdraw a refund whose money is not there'),
  act('disputeOrder', 'dispute', 'Hold what is not paid out while the order is disputed'),
  act('resolveOrderDispute', 'resolve-dispute', 'Release what was held: the dispute is over'),
];
