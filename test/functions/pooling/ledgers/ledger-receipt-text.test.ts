import { expect, it } from 'vitest';
import { describeReceipt } from '../../../../functions/pooling/ledgers/describe-receipt.ts';

it.each([
  ['Invoice 5 to 6228 0001, thanks', ['62280001'], 'Invoice 5 to ****0001, thanks'],
  ['for va-shop.1', ['VASHOP1'], 'for ****OP1'],
  ['入６２２８０００１号', ['62280001'], '入****0001号'],
  ['62280001 and 62280001', ['62280001'], '****0001 and ****0001'],
  ['an 20041010/0500013', ['20041010/0500013'], 'an ****0013'],
  ['from 6217001210012345678', [], 'from ****5678'],
  ['order 4711', ['62280001'], 'order 4711'],
])('what a payer wrote, "%s", shows no account number in full', (remittance, numbers, shown) => {
  expect(describeReceipt(remittance, numbers)).toBe(shown);
});

it('what a payer wrote is cut to 140 characters', () => {
  expect([...describeReceipt('货'.repeat(200), [])].length).toBe(140);
});
