/** Lets a loop sleep until something is to be done: a time at the latest, or a call of `wake`. */
export class Waker {
  private woken = false;
  private readonly sleepers: (() => void)[] = [];

  wake(): void {
    this.woken = true;
    for (const end of this.sleepers.splice(0)) end();
  }

  /** Returns at once when `wake` was called since the last sleep. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.woken) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
        this.sleepers.push(resolve);
      });
      clearTimeout(timer);
    }
    this.woken = false;
  }
}
