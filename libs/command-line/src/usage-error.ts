import { ToldError } from '#kernel';

/** The command line names something that cannot be used. */
export class UsageError extends ToldError {}
