/** Rejects when it takes longer. The work goes on, and nobody waits for it. */
export async function inTime<T>(work: Promise<T>, tookMsMax: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took more than ${tookMsMax} ms.`)), tookMsMax);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
