import { describe, expect, it } from 'vitest';
import { refundLegs, subsidiesOf, subsidyLegs } from '../../../../functions/settlement/journal/guarded-legs.ts';
import { aRefund, aTake, fen } from './orders.ts';

describe('a refund', () => {
  it('of 80.00 goes to the channel from supervised money and from each merchant', () => {
    const refund = aRefund('R-1', [aTake('75.00'), aTake('4.00', 1, 'mer_farm'), aTake('1.00', 2, 'mer_van')]);
    expect(refundLegs(refund)).toEqual([
      { debit: 'supervised', credit: 'channel:WECHAT_PAY', amount: fen('75.00') },
      { debit: 'payable:mer_farm', credit: 'channel:WECHAT_PAY', amount: fen('4.00') },
      { debit: 'payable:mer_van', credit: 'channel:WECHAT_PAY', amount: fen('1.00') },
    ]);
  });

  it('gives funders their part, and the channel so much less as it gives back of its fee', () => {
    // 50.00, of which 5.00 was the platform's; the channel returns 0.30 of its fee.
    const toFunders = [{ kind: 'PLATFORM' as const, amount: fen('5.00') }];
    const refund = aRefund('R-1', [aTake('49.70')], { toFunders, feeBack: fen('0.30') });
    expect(refundLegs(refund)).toEqual([
      { debit: 'supervised', credit: 'subsidy:PLATFORM', amount: fen('5.00') },
      { debit: 'supervised', credit: 'channel:WECHAT_PAY', amount: fen('44.70') },
    ]);
  });

  it('is refused where what it takes is not what it gives', () => {
    const refund = { ...aRefund('R-1', [aTake('75.00')]), amount: fen('80.00') };
    expect(() => refundLegs(refund)).toThrow('Refund R-1 takes 7500 for 8000');
  });
});

describe('a subsidy', () => {
  it('is what all but merchants give, by their shares, to the cent', () => {
    const funders = [
      { kind: 'PLATFORM' as const, basisPoints: 3_333n },
      { kind: 'BRAND' as const, merchantId: 'mer_tea', basisPoints: 3_333n },
      { kind: 'MERCHANT' as const, basisPoints: 3_334n },
    ];
    const coupon = { amount: fen('10.00'), funders };
    // 3.333, 3.333 and 3.334: the cent that is left goes to the largest remainder, the merchant's 0.4.
    expect(subsidiesOf(coupon).map(({ amount }) => amount)).toEqual([fen('3.33'), fen('3.33')]);
    expect(subsidyLegs(coupon)).toEqual([
      { debit: 'subsidy:PLATFORM', credit: 'supervised', amount: fen('3.33') },
      { debit: 'subsidy:mer_tea', credit: 'supervised', amount: fen('3.33') },
    ]);
  });
});
