/**
 * Group commit: while one piece of work of a group is under way, what arrives meanwhile waits and goes together as the
 * next. Writers of the same account in one process then share a transaction instead of colliding. A function that serves
 * one request at a time simply gets groups of one.
 */
export function groupCommit<Input, Output>(
  work: (group: string, inputs: readonly Input[]) => Promise<readonly Output[]>,
  sizeMax: number,
): (group: string, input: Input) => Promise<Output> {
  interface Waiting {
    readonly input: Input;
    readonly resolve: (output: Output) => void;
    readonly reject: (error: unknown) => void;
  }
  const queues = new Map<string, Waiting[]>();
  const busy = new Set<string>();

  async function drain(group: string): Promise<void> {
    busy.add(group);
    for (;;) {
      const waiting = queues.get(group)?.splice(0, sizeMax) ?? [];
      if (waiting.length === 0) break;
      await serve(group, waiting);
    }
    busy.delete(group);
    queues.delete(group);
  }

  async function serve(group: string, waiting: readonly Waiting[]): Promise<void> {
    try {
      const outputs = await work(
        group,
        waiting.map(({ input }) => input),
      );
      for (const [index, one] of waiting.entries()) one.resolve(outputs[index] as Output);
    } catch (error) {
      for (const one of waiting) one.reject(error);
    }
  }

  return (group, input) =>
    new Promise<Output>((resolve, reject) => {
      const queue = queues.get(group) ?? [];
      queues.set(group, queue);
      queue.push({ input, resolve, reject });
      if (!busy.has(group)) void drain(group);
    });
}
