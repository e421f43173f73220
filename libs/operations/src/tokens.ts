/** What an app's composition provides under this name: the queue of jobs. */
export const JOBS = Symbol('jobs');
