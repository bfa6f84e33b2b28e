import { beforeAll, describe, expect, it } from 'vitest';
import { openPayableAccount } from '../../../functions/settlement/markets/open-accounts.ts';
import type { SubOrder } from '../../../functions/settlement/orders/order.ts';
import { anOrder, aPayment, aSubOrder } from '../../functions/settlement/orders/samples.ts';
import { aMerchant, cause } from '../../functions/settlement/samples.ts';
import { engines } from '../../support/engines.ts';
import { bookingFor, refundNo } from './booking-support.ts';
import { claim, now, tenant } from './journal-support.ts';

const at = now.toISOString();

/** Ninety stalls have 1.00 each of an order: what one refund takes of at most, for the ledger books it in one transaction. */
describe.each(engines())('a refund of ninety merchants on $kind', (engine) => {
  const { opened, run, give, refund } = bookingFor(engine);
  let { own, market } = {} as ReturnType<typeof opened>;
  const ids = Array.from({ length: 90 }, (_, place) => `mer_stall${place}`);
  beforeAll(async () => {
    ({ own, market } = opened());
    const tools = { ledger: own.tools.ledger } as unknown as Parameters<typeof openPayableAccount>[0];
    for (const id of ids) {
      const payableAccountId = await openPayableAccount(tools, market, id, cause, now);
      const merchant = aMerchant({ tenant, id, marketId: market.id, payableAccountId, clawBackSince: '2025-01-01' });
      await own.store.createMerchant(merchant, claim(id));
    }
  });

  async function refunded(no: string): Promise<void> {
    const leg = { fee: 0n, base: 100n, dueOn: '2025-09-26', takenBack: 0n, amount: 100n, kind: 'FIXED' as const };
    const subOrders = [ids.slice(0, 45), ids.slice(45)].map((half, place): SubOrder => {
      const legs = half.map((receiver, turn) => ({ ...leg, sequence: turn + 1, receiver }));
      return aSubOrder({ no: `${place}`, amount: 4_500n, plan: { by: 'MANUAL' }, splits: [{ no: 'S', at, legs }] });
    });
    await own.put(
      anOrder({ no, subOrders, payments: [aPayment({ channelId: 'WECHAT_PAY', fee: 0n, amount: 9_000n })] }),
    );
    await refund(no, 9_000n, 'PRO_RATA');
  }

  const step = (no: string) => ({ tenant, orderNo: no, kind: 'REFUND' as const, about: refundNo(no) });
  const stateOf = async (no: string) => (await own.store.readOrder(tenant, no))?.refunds[0]?.state;

  it('is taken whole of what they have', async () => {
    for (const id of ids) await give(id, 100n);
    await refunded('WIDE');
    await run(step('WIDE'));
    expect(await stateOf('WIDE')).toBe('FUNDED');
  });
});
