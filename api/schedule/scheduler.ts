import type { DataSource, EntityManager } from "typeorm";
import { ScheduledJob } from "./scheduled-job.entity.js";

export interface Job {
  /** Stays the same over versions: it is the job's row. */
  readonly name: string;
  readonly everyMs: number;
  /** Small transactions of its own. What it had finished before it fails, or its node dies, must not be done twice. */
  readonly run: (now: Date) => Promise<void>;
}

export interface SchedulerOptions {
  readonly database: DataSource;
  readonly jobs: readonly Job[];
  readonly now: () => Date;
  readonly onError: (error: unknown, job: string) => void;
}

const POLL_MS = 1_000;
const FIRST_RETRY_MS = 10_000;

/**
 * Runs each job when it is due, on one node of however many. The claim is a row lock that the database lets go of when
 * the node dies; the job is then due still, and another node runs it.
 */
export class Scheduler {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: SchedulerOptions) {}

  async start(): Promise<void> {
    const { database, jobs, now } = this.options;
    for (const { name } of jobs) {
      const row = { name, nextRunAt: now(), lastRunAt: null, lastError: null, failures: 0 };
      await database.createQueryBuilder().insert().into(ScheduledJob).values(row).orIgnore().execute();
    }
    let idle = true;
    this.timer = setInterval(() => {
      if (!idle) return;
      idle = false;
      this.running = this.runDue()
        .catch((error: unknown) => this.options.onError(error, "scheduler"))
        .finally(() => {
          idle = true;
        });
    }, POLL_MS);
  }

  /** Lets the job under way finish. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async runDue(): Promise<void> {
    while (this.timer !== undefined && (await this.runNext()));
  }

  /** False when nothing is due. */
  private runNext(): Promise<boolean> {
    const { database, jobs, now } = this.options;
    return database.transaction(async (manager) => {
      const row = await manager
        .createQueryBuilder(ScheduledJob, "job")
        .where("job.nextRunAt <= :now and job.name in (:...names)", { now: now(), names: jobs.map(({ name }) => name) })
        .orderBy("job.nextRunAt")
        .limit(1)
        .setLock("pessimistic_write")
        .setOnLocked("skip_locked")
        .getOne();
      const job = jobs.find(({ name }) => name === row?.name);
      if (!row || !job) return false;
      await this.run(manager, job, row);
      return true;
    });
  }

  private async run(manager: EntityManager, job: Job, { name, failures }: ScheduledJob): Promise<void> {
    const lastRunAt = this.options.now();
    const after = (ms: number): Date => new Date(lastRunAt.getTime() + ms);
    try {
      await job.run(lastRunAt);
      const done = { lastRunAt, nextRunAt: after(job.everyMs), lastError: null, failures: 0 };
      await manager.update(ScheduledJob, { name }, done);
    } catch (error) {
      this.options.onError(error, name);
      const retryMs = Math.min(job.everyMs, FIRST_RETRY_MS * 2 ** Math.min(failures, 20));
      const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      const failed = { lastRunAt, nextRunAt: after(retryMs), lastError, failures: failures + 1 };
      await manager.update(ScheduledJob, { name }, failed);
    }
  }
}
