import { idOf } from '#kernel';

/** The id of the body that a tenant's files call by a key. */
export const bodyIdOf = (tenant: string, key: string): string => idOf('body', tenant, key);

/** The id of the group that a tenant's files call by a key. */
export const groupIdOf = (tenant: string, key: string): string => idOf('group', tenant, key);

/** The id of a tenant's organisation as a whole. */
export const organisationIdOf = (tenant: string): string => idOf('organisation', tenant);
