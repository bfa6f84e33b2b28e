/** What the companies of a group owe one another at the end of a day: eight obligations in yuan, three in euro. */

export interface DemoCompany {
  readonly id: string;
  readonly name: string;
  /** What it has to pay with, in yuan. */
  readonly funded?: string;
}

export const companies: readonly DemoCompany[] = [
  { id: 'BEIJING', name: '北京禹道商贸', funded: '50000.00' },
  { id: 'SHANGHAI', name: '上海禹道物流', funded: '100000.00' },
  { id: 'SHENZHEN', name: '深圳禹道科技' },
  { id: 'CHENGDU', name: '成都禹道茶业', funded: '150000.00' },
  { id: 'BERLIN', name: 'Yudao Europe GmbH' },
];

/** Payer, payee, amount, currency, and what for. */
export const owed: readonly (readonly [string, string, string, string, string])[] = [
  ['BEIJING', 'SHANGHAI', '120000.00', 'CNY', '运费 Freight'],
  ['BEIJING', 'SHENZHEN', '60000.00', 'CNY', '软件 Software'],
  ['SHANGHAI', 'BEIJING', '80000.00', 'CNY', '货款 Goods'],
  ['SHANGHAI', 'CHENGDU', '150000.00', 'CNY', '货款 Goods'],
  ['SHENZHEN', 'BEIJING', '90000.00', 'CNY', '租金 Rent'],
  ['SHENZHEN', 'SHANGHAI', '40000.00', 'CNY', '运费 Freight'],
  ['CHENGDU', 'BEIJING', '30000.00', 'CNY', '服务费 Service'],
  ['CHENGDU', 'SHENZHEN', '110000.00', 'CNY', '软件 Software'],
  ['CHENGDU', 'BERLIN', '15000.00', 'EUR', '设备 Machines'],
  ['BERLIN', 'BEIJING', '9000.00', 'EUR', '货款 Goods'],
  ['SHANGHAI', 'BERLIN', '500.00', 'EUR', '服务费 Service'],
];

/** Its place in the list: Shanghai says that it owes nothing of the kind. */
export const disputedPlace = 10;

/** One euro in yuan. */
export const euroInYuan = '7.8105';
