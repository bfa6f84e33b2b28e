/** One line per step: what is being done, then how it went. */
export class Progress {
  private step = 0;
  private readonly steps: number;

  constructor(steps: number) {
    this.steps = steps;
  }

  async run<Result>(title: string, work: () => Promise<Result>, tell?: (result: Result) => string): Promise<Result> {
    this.step += 1;
    const place = `[${String(this.step).padStart(2)}/${this.steps}]`;
    const started = performance.now();
    const result = await work();
    const told = tell ? `: ${tell(result)}` : '';
    console.log(`${place} ${title}${told}  (${Math.round(performance.now() - started)} ms)`);
    return result;
  }
}
