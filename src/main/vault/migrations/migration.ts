/** One step from a case format to the next. Forward only; runs in a transaction that also raises `user_version`. */
export interface Migration {
  /** The format version after this step: 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly sql: string;
}
