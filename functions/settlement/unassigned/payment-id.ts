import { keptId, type UnassignedPayment } from '../orders/unassigned.ts';

/** An unassigned payment, with the number under which it is kept. */
export interface KeptPayment {
  readonly orderNo: string;
  readonly payment: UnassignedPayment;
}

/** What an id may look like; other texts name nothing. */
export const paymentIdShape = /^[A-Za-z0-9_-]{1,400}[.][0-9a-f]{16}$/;

/** The id by which a caller names it: the number, which may hold anything, and which one of those under it. */
export function paymentIdOf({ orderNo, payment }: KeptPayment): string {
  return `${Buffer.from(orderNo).toString('base64url')}.${keptId(payment)}`;
}

export function readPaymentId(paymentId: string): { readonly orderNo: string; readonly id: string } {
  const [number = '', id = ''] = paymentId.split('.');
  return { orderNo: Buffer.from(number, 'base64url').toString(), id };
}
