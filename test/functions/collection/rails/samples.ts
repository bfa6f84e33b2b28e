/** Rails and questions as callers send them. */
export const money = (amount: string, currency = 'CNY') => ({ amount, currency });

export const ibps = {
  id: 'IBPS',
  kind: 'IBPS',
  currency: 'CNY',
  directions: ['COLLECT', 'PAY'],
  effectiveFrom: '2025-01-01',
  maximum: money('1000000.00'),
  zone: 'Asia/Shanghai',
  hours: { type: 'ALWAYS' },
  tariff: {
    bands: [
      { upTo: money('10000.00'), fee: money('5.00') },
      { upTo: money('100000.00'), fee: money('10.00') },
    ],
    above: { millionths: 20, floor: money('1.00'), cap: money('200.00') },
    urgent: { percent: 20, cap: money('200.00') },
  },
  successMillionths: 990_000,
  usualMinutes: 1,
  banks: { same: 'ANY' },
};

export const hvps = {
  ...ibps,
  id: 'HVPS',
  kind: 'HVPS',
  maximum: money('1000000000.00'),
  hours: { type: 'SESSION', calendar: 'CN_STATE_COUNCIL', opensOn: 'DAY_BEFORE', opens: '20:30', closes: '17:15' },
};

export const file = {
  ...ibps,
  id: 'FILE',
  kind: 'FILE',
  currency: 'EUR',
  maximum: money('1000.00', 'EUR'),
  zone: 'Europe/Berlin',
  hours: { type: 'CUT_OFFS', calendar: 'TARGET', cutOffs: ['10:00', '16:00'], leadDays: 1, settlesAt: '09:00' },
  tariff: { bands: [], above: { millionths: 0, floor: money('0.20', 'EUR') } },
};

/** A large item within the National Day holiday, from 工商银行 to 建设银行. */
export const question = {
  amount: money('1000000.01'),
  at: '2025-10-04T10:00:00+08:00',
  payerBank: { cnaps: '102100099996' },
  payeeBank: { cnaps: '105100000017' },
};
