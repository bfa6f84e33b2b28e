import { beforeEach } from 'vitest';
import type { TestReceipts } from './receipts.ts';

/** What each test of a file begins with, under one name: what is read of it is of the test that runs. */
export function eachTest(begin: () => Promise<TestReceipts>): TestReceipts {
  let current: TestReceipts | undefined;
  beforeEach(async () => {
    current = await begin();
  });
  const own = () => {
    if (!current) throw new Error('No test has begun.');
    return current;
  };
  return new Proxy({} as TestReceipts, {
    get: (_, name) => Reflect.get(own(), name),
    set: (_, name, value) => Reflect.set(own(), name, value),
  });
}
