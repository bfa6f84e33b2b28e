import { createPublicKey } from 'node:crypto';

/**
 * A callback signed by another hand: `openssl dgst -sha256 -sign` over the text that stands here, with a key of
 * `openssl genrsa 2048` that was thrown away.
 */
export const opensslCallback = {
  text:
    'Z=last capital&buyer.id=U9&items.0.amount=60.00&items.0.id=1&items.1.amount=40.00&items.1.id=2&orderNo=2026-0001' +
    '&paid=true&paidAmount=90.00&remark=第一单 100% = 好&sequence=7',
  body: {
    orderNo: '2026-0001',
    paidAmount: '90.00',
    paid: true,
    sequence: 7,
    remark: '第一单 100% = 好',
    memo: '',
    coupon: null,
    items: [
      { id: '1', amount: '60.00' },
      { id: '2', amount: '40.00', tags: [] },
    ],
    buyer: { id: 'U9' },
    Z: 'last capital',
  },
  signature: [
    'W1LXOh8DMpRGULNGKOiNTC9KyPTWq9Ldx9tMLqSSVxDzllawspnsmERGuyFbMAHLPMjvoUdIgfgyBkptWy9L/1/Ec4Rb6YDs+l50J4g/arhlAP',
    'Xmt8J5cJXitMumB0KCs6FmwPfq4iC9O/Gyn6kf8COmzgqAEwYgs4bo901WKmJxZXblPDBkQK1gY/m3jjLYxVzwO+o+FqMoBpVD26ZcoEJh/KT7',
    'mFUZoem/Tk3jloSdOd7mjgHKXaFfdjhA5G/8tXr+BXguTfP8LlGR3RfqGbJpOAgb2j461h3swqgiUpVwoqk/UvZW7yzbRNBNEGM+WRxdDNa1kE',
    'PIsS591wS/og==',
  ].join(''),
  key: createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsW7WXnnsVhIZbD4kSJIY
27UmmUU9pY0hlXRTOyjzVGC7Q/nc5pQ6ms3md8T9Kqnp4yWm5yzhfEkggadDsQfi
UI7zQwgOP0TkbqKvl5Vx3wXWVRK3a5Y11kPao10H81QEXLJ+f3X/C9RlLOR9hBX+
Uv5T4IT6hYy30GB6rEfpuBniC8ZSdK4vTylH518bUxNjF3IUlDw+UlE9oizFFGRF
eCy0oSX6dCUie3bku9yJYyFzI7zgcebVDlVBWJhOQFJArg/XaKxAXJfja+fSTQkB
LfOKMdgbThi+IVxd2NcdHhqdVT8na2gYXDzd/BNBqkR6kjpuVRfOAO9uKv4LaYoq
LQIDAQAB
-----END PUBLIC KEY-----
`),
};
