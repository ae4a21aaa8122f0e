export interface Limits {
  /** Captures at the same time. */
  concurrency: number;
  /** Milliseconds between two starts in one lane. */
  pause: number;
}

/** Jobs that go one after another: those of one host. */
interface Lane {
  name: string;
  /** In the order in which they were added. */
  ready: Set<string>;
  /** Those that wait, with the time from which they may start. */
  later: Map<string, number>;
  busy: boolean;
  notBefore: number;
  startedAt: number;
  /** Failures since the lane last gave something. */
  failures: number;
}

/**
 * Which job starts next, and when to look again. Lanes take turns: of those that may start, the one that started longest ago. Within a lane
 * a job that has waited for its next try goes before those that were not tried yet. Knows no database and no clock; all times are
 * milliseconds that the caller gives.
 */
export class Schedule {
  readonly #lanes = new Map<string, Lane>();
  readonly #laneOf = new Map<string, Lane>();
  #running = 0;
  #starts = 0;

  /** Jobs that are not started. */
  get size(): number {
    return this.#laneOf.size - this.#running;
  }

  has(id: string): boolean {
    return this.#laneOf.has(id);
  }

  /** Adds a job, or puts a started one back; `notBefore` where it has to wait. */
  add(id: string, laneName: string, notBefore = 0): void {
    this.remove(id);
    const lane = this.#lane(laneName);
    this.#laneOf.set(id, lane);
    if (notBefore > 0) lane.later.set(id, notBefore);
    else lane.ready.add(id);
  }

  /** Forgets a job, started or not; says whether it was known. A started one frees its lane. */
  remove(id: string): boolean {
    const lane = this.#laneOf.get(id);
    if (!lane) return false;
    this.#laneOf.delete(id);
    if (!lane.ready.delete(id) && !lane.later.delete(id)) {
      lane.busy = false;
      this.#running -= 1;
    }
    if (
      !lane.busy &&
      lane.ready.size + lane.later.size === 0 &&
      lane.failures === 0 &&
      this.#lanes.size > 1000
    )
      this.#lanes.delete(lane.name);
    return true;
  }

  /** The job that starts now, which is then counted as running; null where none may. */
  next(now: number, { concurrency, pause }: Limits): string | null {
    if (this.#running >= concurrency) return null;
    let best: Lane | null = null;
    for (const lane of this.#lanes.values())
      if (startsAt(lane) <= now && (!best || lane.startedAt < best.startedAt)) best = lane;
    if (!best) return null;
    const id = dueLater(best, now) ?? first(best.ready);
    if (id === null) return null;
    best.later.delete(id);
    best.ready.delete(id);
    best.busy = true;
    best.notBefore = now + pause;
    best.startedAt = this.#starts += 1;
    this.#running += 1;
    return id;
  }

  /** When `next` may give something again; null where nothing waits, or where it is an end of a running job that has to come first. */
  wakeAt({ concurrency }: Limits): number | null {
    if (this.#running >= concurrency) return null;
    let earliest = Infinity;
    for (const lane of this.#lanes.values()) earliest = Math.min(earliest, startsAt(lane));
    return earliest === Infinity ? null : earliest;
  }

  /** Waiting jobs, and when the first of them is due. */
  waiting(): { count: number; next: number | null } {
    let count = 0;
    let next = Infinity;
    for (const { later } of this.#lanes.values()) {
      count += later.size;
      for (const at of later.values()) next = Math.min(next, at);
    }
    return { count, next: count === 0 ? null : next };
  }

  /** Lets a waiting job, or all of them, start as soon as there is room, whatever its lane has to wait for. */
  hasten(id?: string): void {
    for (const lane of id === undefined ? this.#lanes.values() : [this.#laneOf.get(id)]) {
      if (!lane) continue;
      lane.notBefore = 0;
      for (const waiting of id === undefined ? lane.later.keys() : [id]) {
        if (!lane.later.delete(waiting)) continue;
        lane.ready = new Set([waiting, ...lane.ready]);
      }
    }
  }

  /** Nothing of the lane starts before then. */
  holdLane(name: string, until: number): void {
    const lane = this.#lane(name);
    lane.notBefore = Math.max(lane.notBefore, until);
  }

  /** Counts a failure of the lane; gives how many there were since it last gave something. */
  laneFailed(name: string): number {
    return (this.#lane(name).failures += 1);
  }

  laneFailures(name: string): number {
    return this.#lanes.get(name)?.failures ?? 0;
  }

  laneGave(name: string): void {
    this.#lane(name).failures = 0;
  }

  /** Lanes in which a job waits to be started, beginning with the one that started longest ago. */
  lanes(): string[] {
    return [...this.#lanes.values()]
      .filter(({ ready, later }) => ready.size + later.size > 0)
      .toSorted((one, other) => one.startedAt - other.startedAt)
      .map(({ name }) => name);
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = {
        name,
        ready: new Set(),
        later: new Map(),
        busy: false,
        notBefore: 0,
        startedAt: 0,
        failures: 0,
      };
      this.#lanes.set(name, lane);
    }
    return lane;
  }
}

/** The earliest time at which the lane may start something; Infinity where it is at work or empty. */
function startsAt({ busy, ready, later, notBefore }: Lane): number {
  if (busy) return Infinity;
  if (ready.size > 0) return notBefore;
  return Math.max(notBefore, Math.min(Infinity, ...later.values()));
}

function dueLater({ later }: Lane, now: number): string | null {
  for (const [id, at] of later) if (at <= now) return id;
  return null;
}

function first(ids: ReadonlySet<string>): string | null {
  for (const id of ids) return id;
  return null;
}
