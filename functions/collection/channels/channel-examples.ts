/** Requests and answers shown in the reference. */
const request = {
  channel: 'SANDBOX',
  creditor: { name: '华东集团有限公司', account: { number: '32001881236052500001', bank: { cnaps: '105100000017' } } },
  initiatingParty: { id: '911100001000044477' },
} as const;

const response = {
  version: 1,
  ...request,
  creditor: { ...request.creditor, account: { ...request.creditor.account, number: '****0001' } },
  characters: 'UNICODE',
  changedAt: '2026-03-02T01:00:00.000Z',
  changedBy: { client: 'treasurer', role: 'treasurer', requestId: 'f3a1c0de' },
} as const;

export const getBankChannel = { response } as const;
export const putBankChannel = { body: request, response } as const;
