import { describe, expect, it, vi } from 'vitest';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';

const overtaken = Object.assign(new Error(), { name: 'ConditionalCheckFailedException' });
const policy = { attemptsMax: 3, baseMs: 0, ceilingMs: 0 };

describe('what is decided and written', () => {
  it('is decided anew where another was faster', async () => {
    const write = vi.fn().mockRejectedValueOnce(overtaken).mockResolvedValueOnce(undefined);
    const decide = vi.fn(async () => ({ answer: decide.mock.calls.length, write }));
    expect(await decideAndWrite(decide, policy)).toBe(2);
  });

  it('and is never in time does not say that nothing was changed: steps before it may have been written', async () => {
    const write = vi.fn().mockRejectedValue(overtaken);
    const refused: unknown = await decideAndWrite(async () => ({ answer: 1, write }), policy).catch((error) => error);
    expect(refused).toMatchObject({ code: 'request/conflict-retry' });
    expect((refused as Error).message).not.toContain('Nothing was changed');
    expect(write).toHaveBeenCalledTimes(3);
  });
});
