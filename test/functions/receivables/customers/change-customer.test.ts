import { describe, expect, it } from 'vitest';
import { changeCustomer } from '../../../../functions/receivables/customers/change-customer.ts';
import { nameKeysOf } from '../../../../functions/receivables/customers/name-keys.ts';
import { aCustomer, on } from '../samples.ts';

const account = (name: string) => ({ key: `key of ${name}`, masked: `****${name}` });
const before = aCustomer({
  names: ['江南机械厂有限公司', '江南机械厂'],
  accountKeys: ['key of 1111', 'key of 2222'],
  accountsMasked: ['****1111', '****2222'],
  references: { region: '华东' },
});

describe('a customer', () => {
  it('gets another name and keeps its aliases, and the other way round', () => {
    expect(changeCustomer(before, { name: '江南重工有限公司' }, on)).toEqual({
      ...before,
      names: ['江南重工有限公司', '江南机械厂'],
      revision: 2,
    });
    expect(changeCustomer(before, { aliases: ['JN', 'JN'] }, on)?.names).toEqual(['江南机械厂有限公司', 'JN']);
    expect(changeCustomer(before, { aliases: [] }, on)?.names).toEqual(['江南机械厂有限公司']);
  });

  it('gains accounts and loses others, each with what is shown of it', () => {
    const change = { addAccounts: [account('3333'), account('1111')], removeAccounts: [account('2222')] };
    expect(changeCustomer(before, change, on)).toMatchObject({
      accountKeys: ['key of 1111', 'key of 3333'],
      accountsMasked: ['****1111', '****3333'],
    });
  });

  it('takes a tolerance of its own and gives it back', () => {
    const tolerance = { chargeMax: { CNY: 20_00n }, basisPointsMax: 20 };
    const own = changeCustomer(before, { tolerance }, on);
    expect(own?.tolerance).toEqual(tolerance);
    expect(own && changeCustomer(own, { tolerance }, on)).toBeUndefined();
    const back = own && changeCustomer(own, { tolerance: null }, on);
    expect(back).not.toHaveProperty('tolerance');
  });

  it('takes a threshold of its own and gives it back', () => {
    const own = changeCustomer(before, { threshold: 975 }, on);
    expect(own?.threshold).toBe(975);
    expect(own && changeCustomer(own, { threshold: 975 }, on)).toBeUndefined();
    const back = own && changeCustomer(own, { threshold: null }, on);
    expect(back).not.toHaveProperty('threshold');
  });

  it('that is so already does not change', () => {
    const change = {
      ...{ name: '江南机械厂有限公司', aliases: ['江南机械厂'], references: { region: '华东' }, tolerance: null },
      ...{ addAccounts: [account('2222')], removeAccounts: [account('9999')] },
    };
    expect(changeCustomer(before, change, on)).toBeUndefined();
  });
});

describe('the forms that a customer is found by', () => {
  it('are those that its names are compared in, and those without 省市区县', () => {
    expect(nameKeysOf(['深圳市華興科技（有限公司）', '深圳市华兴科技有限公司'])).toEqual([
      '深圳市华兴科技有限公司',
      '深圳华兴科技有限公司',
    ]);
    expect(nameKeysOf(['ACME Co., Ltd.', 'Acme Company Limited'])).toHaveLength(1);
    expect(nameKeysOf(['。', ''])).toEqual([]);
  });
});
