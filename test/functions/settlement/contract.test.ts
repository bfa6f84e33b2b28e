import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/settlement/api.ts';
import { served } from '../../../functions/settlement/routes.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { call } from '../../shared/http/tiny-service.ts';

beforeAll(() => setLogSink(() => {}));

interface Refused {
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string }[];
}
const placesOf = ({ errors }: Refused) => errors.map(({ pointer, parameter }) => pointer ?? parameter).sort();

const operator = { tenant: 'demo', role: 'operator', client: 'operator' };
const yuan = (amount: string, currency = 'CNY') => ({ amount, currency });
const market = { id: 'mkt_a', name: '甲市场', legalEntity: '甲有限公司', currency: 'CNY' };
const bank = { cnaps: '105100000017' };
const payout = { to: 'BANK', name: '甲', account: { number: '51001881236052505123', bank } };
const merchant = { id: 'mer_a', marketId: 'mkt_a', name: '甲', kind: 'COMPANY', payout };
const account = (more: object) => ({ ...merchant, payout: { ...payout, account: { ...payout.account, ...more } } });
const lines = [{ sequence: 1, share: { kind: 'REMAINDER' } }];
const rule = {
  ...{ marketId: 'mkt_a', name: 'A', effectiveFrom: '2025-09-01', base: 'PAID', method: 'FIXED', lines },
  clearing: { period: { kind: 'WORKING_DAYS', days: 1 } },
};
const ratio = (sequence: number, receiver: string, basisPoints: number) => ({
  ...{ sequence, receiver },
  share: { kind: 'RATIO', basisPoints },
});
const simulation = { paidAt: '2025-09-26T10:00:00+08:00' };
const ruleId = `rule_${'0'.repeat(26)}`;
const channels = '/v1/markets/{marketId}/channels/{channelId}';
const version = { effectiveFrom: '2025-01-01' };
const channel = { kind: 'ALIPAY', payMethods: ['AGGREGATE_QR'], versions: [version] };
const simulate = '/v1/split-rules/{ruleId}/simulate';

/** Requests that are refused before anything is read: what is wrong, and where that is told. */
const cases: [string, string, string, unknown, string[]][] = [
  [
    'a settlement run of a day that does not exist',
    'POST',
    '/v1/settlement-runs',
    { marketId: 'mkt_a', businessDate: '2025-09-31' },
    ['/businessDate'],
  ],
  [
    'a settlement run of no market',
    'POST',
    '/v1/settlement-runs',
    { marketId: 'chengdu', businessDate: '2025-09-28', more: 1 },
    ['/marketId', '/more'],
  ],
  ['a market with an id of another shape', 'POST', '/v1/markets', { ...market, id: 'market 1' }, ['/id']],
  ['a market in no currency', 'POST', '/v1/markets', { ...market, currency: 'RMB' }, ['/currency']],
  ['a market in no zone', 'POST', '/v1/markets', { ...market, zone: '+08:00' }, ['/zone']],
  ['a market of an unknown calendar', 'POST', '/v1/markets', { ...market, calendar: 'NYSE' }, ['/calendar']],
  [
    'a market that recovers nothing',
    'POST',
    '/v1/markets',
    { ...market, shortfall: { kind: 'RECOVER', basisPoints: 0 } },
    ['/shortfall/basisPoints'],
  ],
  [
    'orders that nobody can pay in time',
    'POST',
    '/v1/markets',
    { ...market, orderTimeoutMinutes: 0 },
    ['/orderTimeoutMinutes'],
  ],
  ['a market with unknown fields', 'POST', '/v1/markets', { ...market, more: 1 }, ['/more']],
  [
    'a market with a channel twice',
    'POST',
    '/v1/markets',
    { ...market, channels: ['ALIPAY', 'ALIPAY'] },
    ['/channels/1'],
  ],
  [
    'a market in dollars with a channel in yuan',
    'POST',
    '/v1/markets',
    { ...market, currency: 'USD', channels: ['ALIPAY'] },
    ['/channels/0'],
  ],
  ['a channel without terms', 'PUT', channels, { ...channel, versions: [] }, ['/versions']],
  [
    'a channel in two terms on one day',
    'PUT',
    channels,
    { ...channel, versions: [version, { effectiveFrom: '2025-02-01' }] },
    ['/versions/1/effectiveFrom'],
  ],
  [
    'a channel with a fee above all',
    'PUT',
    channels,
    { ...channel, versions: [{ ...version, fee: { basisPoints: 10_001 } }] },
    ['/versions/0/fee/basisPoints'],
  ],
  ['a slip over WeChat Pay', 'PUT', channels, { ...channel, payMethods: ['OFFLINE'] }, ['/payMethods/0']],
  ['a channel whose key is none', 'PUT', channels, { ...channel, callbackKeys: ['x'] }, ['/callbackKeys/0']],
  ['a merchant of no kind', 'POST', '/v1/merchants', { ...merchant, kind: 'SHOP' }, ['/kind']],
  [
    'a merchant whose bank code does not check',
    'POST',
    '/v1/merchants',
    account({ bank: { cnaps: '105100000018' } }),
    ['/payout/account/bank/cnaps'],
  ],
  ['a merchant without a bank', 'POST', '/v1/merchants', account({ bank: {} }), ['/payout/account/bank']],
  [
    'a merchant with a card that does not check',
    'POST',
    '/v1/merchants',
    account({ type: 'CARD', number: '6222021234567890124' }),
    ['/payout/account/number'],
  ],
  [
    'a merchant with an IBAN that does not check',
    'POST',
    '/v1/merchants',
    account({ number: 'DE89370400440532013001' }),
    ['/payout/account/number'],
  ],
  [
    'a merchant that is paid to an account of no shape',
    'POST',
    '/v1/merchants',
    { ...merchant, payout: { to: 'LEDGER', accountId: 'x' } },
    ['/payout/accountId'],
  ],
  [
    'a person that agrees to claw-backs',
    'POST',
    '/v1/merchants',
    { ...merchant, kind: 'PERSON', clawBackSince: '2025-09-01' },
    ['/clawBackSince'],
  ],
  ['a rule without lines', 'POST', '/v1/split-rules', { ...rule, lines: [] }, ['/lines']],
  [
    'a rule with two remainders',
    'POST',
    '/v1/split-rules',
    { ...rule, lines: [...lines, { sequence: 2, receiver: 'mer_b', share: { kind: 'REMAINDER' } }] },
    ['/lines/1/share/kind'],
  ],
  [
    'ratios above 100 %',
    'POST',
    '/v1/split-rules',
    { ...rule, method: 'RATIO', lines: [ratio(1, 'mer_b', 6_000), ratio(2, 'mer_c', 4_001)] },
    ['/lines'],
  ],
  [
    'ratios of all that was paid without anybody who bears the fee',
    'POST',
    '/v1/split-rules',
    { ...rule, method: 'RATIO', lines: [ratio(1, 'mer_b', 6_000), ratio(2, 'mer_c', 4_000)] },
    ['/feeBearer'],
  ],
  [
    'a fixed line with a cap',
    'POST',
    '/v1/split-rules',
    {
      ...rule,
      lines: [{ sequence: 1, receiver: 'mer_b', share: { kind: 'FIXED', amount: yuan('1.00') }, cap: yuan('2.00') }],
    },
    ['/lines/0/cap'],
  ],
  [
    'a rule that ends before it begins',
    'POST',
    '/v1/split-rules',
    { ...rule, effectiveTo: '2025-08-31' },
    ['/effectiveTo'],
  ],
  [
    'a cut-off that is no time',
    'POST',
    '/v1/split-rules',
    { ...rule, clearing: { ...rule.clearing, cutOff: '24:01' } },
    ['/clearing/cutOff'],
  ],
  [
    'a day that no month has',
    'POST',
    '/v1/split-rules',
    { ...rule, clearing: { period: { kind: 'MONTHLY', day: 32 } } },
    ['/clearing/period/day'],
  ],
  ['a simulation of nothing', 'POST', simulate, simulation, ['/amounts']],
  [
    'a simulation of sub-orders of one number',
    'POST',
    simulate,
    {
      ...simulation,
      order: {
        subOrders: [
          { no: '1', merchantId: 'mer_a', amount: yuan('1.00') },
          { no: '1', merchantId: 'mer_b', amount: yuan('1.00') },
        ],
      },
    },
    ['/order/subOrders/1/no'],
  ],
];

describe('settlement refuses', () => {
  it.each(cases)('%s', async (_, method, resource, body, places) => {
    const path = {
      ...(resource === simulate && { ruleId }),
      ...(resource === channels && { marketId: 'mkt_a', channelId: 'a' }),
    };
    const { status, body: answer } = await call(handler, {
      ...{ method, resource, body, path, claims: operator },
    });
    expect(status, JSON.stringify(answer)).toBe(400);
    expect(answer).toMatchObject({ code: 'request/malformed' });
    expect(placesOf(answer as unknown as Refused)).toEqual(places);
  });

  it.each([
    ['POST', '/v1/markets', market],
    ['POST', '/v1/merchants', merchant],
    ['POST', '/v1/split-rules', rule],
  ])('%s %s to anybody but an operator', async (method, resource, body) => {
    for (const role of ['treasurer', 'approver', 'auditor', 'merchant']) {
      const claims = { ...operator, role, ...(role === 'merchant' && { merchant: 'mer_a' }) };
      expect(await call(handler, { method, resource, body, claims })).toMatchObject({
        ...{ status: 403, body: { allowed: ['operator'] } },
      });
    }
  });

  it('lists of merchants without a market, and to merchants', async () => {
    const list = { method: 'GET', resource: '/v1/merchants' };
    const { status, body } = await call(handler, { ...list, claims: operator });
    expect([status, placesOf(body as unknown as Refused)]).toEqual([400, ['marketId']]);
    const claims = { ...operator, role: 'merchant', merchant: 'mer_a' };
    expect(await call(handler, { ...list, query: { marketId: 'mkt_a' }, claims })).toMatchObject({ status: 403 });
  });
});

it('what goes on in the background is started by operators only', () => {
  const started = (served.routes ?? []).filter(({ success }) => success === 202);
  expect(started.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['startSettlementRun', 'askForComparison', 'askForProof']),
  );
  for (const { operation, access } of started) expect([operation, access]).toEqual([operation, ['operator']]);
});
