/** Requests and answers shown in the reference. The ids in braces stand for those of earlier answers. */
const request = {
  number: 'K-1001',
  name: '江南机械厂有限公司',
  aliases: ['江南机械厂'],
  accounts: ['32001881236052505123'],
  references: { region: '华东' },
};
const customer = {
  id: 'cus_2V4K7N9QXJ5M8T3R6W1Y0ZABCD',
  ...request,
  accounts: ['****5123'],
  version: 1,
  createdAt: '2026-03-02T02:00:00.000Z',
  changedAt: '2026-03-02T02:00:00.000Z',
};
const tolerance = { chargeMax: [{ amount: '20.00', currency: 'CNY' }], basisPointsMax: 20 };
const threshold = 950;
const path = { customerId: '{customerId}' };

export const createCustomer = { body: request, response: customer };
export const listCustomers = { query: { limit: '10' }, response: { customers: [customer] } };
export const getCustomer = { path, response: customer };
export const changeCustomer = {
  path,
  body: {
    aliases: ['江南机械厂', 'Jiangnan Machinery Co., Ltd.'],
    addAccounts: ['6222021234567890123'],
    tolerance,
    threshold,
  },
  response: {
    ...customer,
    aliases: ['江南机械厂', 'Jiangnan Machinery Co., Ltd.'],
    accounts: ['****5123', '****0123'],
    tolerance,
    threshold,
    version: 2,
    changedAt: '2026-03-03T02:00:00.000Z',
  },
};

const asked = { number: '9558801001000317', legalEntity: '禹道贸易有限公司', reference: 'HT-2026-001' };
const virtualAccount = {
  id: 'va_7M2XJ5T8K4N9Q3R6W1Y0ZABCDE',
  ...asked,
  customerId: customer.id,
  state: 'ACTIVE' as const,
  createdAt: '2026-03-02T02:00:00.000Z',
  changedAt: '2026-03-02T02:00:00.000Z',
};
const virtualPath = { virtualAccountId: '{virtualAccountId}' };

export const createVirtualAccount = { body: { ...asked, customerId: '{customerId}' }, response: virtualAccount };
export const listVirtualAccounts = { query: { limit: '10' }, response: { virtualAccounts: [virtualAccount] } };
export const getVirtualAccount = { path: virtualPath, response: virtualAccount };
export const closeVirtualAccount = {
  path: virtualPath,
  response: { ...virtualAccount, state: 'CLOSED' as const, changedAt: '2026-06-30T08:00:00.000Z' },
};
