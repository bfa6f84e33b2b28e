import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../shared/formats/format-error.ts';
import { fileAt, ownFiles, readEvents } from './read.ts';

describe.each(ownFiles)('%s', async (name) => {
  const file = await fileAt(name);
  const whole = await readEvents(file);
  const place = fc.integer({ min: 0, max: file.length });

  it('gives the same events however its bytes are cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 20 }), async (cuts) => {
        expect(await readEvents(file, cuts)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same events byte by byte', async () => {
    const everywhere = Array.from({ length: file.length }, (_, index) => index);
    expect(await readEvents(file, everywhere)).toEqual(whole);
  });

  it('is read or refused as a file wherever it ends', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (end) => {
        const outcome = await readEvents(file.subarray(0, end)).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof FormatError).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is read or refused as a file whatever byte is broken', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 0, max: 255 }), async (broken, byte) => {
        const copy = Uint8Array.from(file);
        copy[broken] = byte;
        const outcome = await readEvents(copy).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof FormatError).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
