import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler } from '../../../functions/statements/on-upload.ts';
import { receivesMax as receivesOfQueue } from '../../../infra/cloud/work-queue.ts';
import { receivesMax } from '../../../shared/files/on-files.ts';
import { setLogSink } from '../../../shared/http/log.ts';

describe('messages of uploaded files', () => {
  it('have their last try when the queue gives them for the last time', () => {
    expect(receivesMax).toBe(receivesOfQueue);
  });

  it('that fail are logged without the numbers in them, and come again', async () => {
    const lines: string[] = [];
    setLogSink((line) => lines.push(line));
    const body = 'DE75512108001245126199';
    const event = { Records: [{ messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } }] };
    expect(await handler(event as unknown as SQSEvent)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    setLogSink((line) => process.stdout.write(`${line}\n`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('upload not imported');
    expect(lines[0]).not.toContain(body);
  });
});
