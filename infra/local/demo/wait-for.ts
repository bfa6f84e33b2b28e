const looksMax = 300;
const waitMs = 200;

/** Looks until it is there; an error with the complaint after a minute. */
export async function waitFor(complaint: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let look = 1; look <= looksMax; look++) {
    if (await isThere()) return;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error(complaint);
}
