export { OrganisationModule } from './organisation.module.js';
export { bodies } from './body/body.decider.js';
export { bodyEvents } from './body/body.events.js';
export type { BodyEvent } from './body/body.events.js';
export { bodyIdOf } from './body/body-id.js';
export {
  AddBodyAliasCommand,
  DissolveBodyCommand,
  RegisterBodyCommand,
  RenameBodyCommand,
} from './body/body.commands.js';
export { bodyDirectory } from './body/body-directory/body-directory.projection.js';
export type { BodyDocument } from './body/body-directory/body-directory.projection.js';
