import { idOf } from '#kernel';

/** The id of the scale that a tenant's files call by a key. */
export const scaleIdOf = (tenant: string, key: string): string => idOf('scale', tenant, key);

/** The id of the plan that a tenant's files call by a key. */
export const planIdOf = (tenant: string, key: string): string => idOf('plan', tenant, key);

/** The id of the item that the files of a plan call by a key. */
export const itemIdOf = (tenant: string, planId: string, key: string): string => idOf('item', tenant, planId, key);

/** The id of the assessment that a command makes. */
export const assessmentIdOf = (commandId: string): string => idOf('assessment', commandId);
