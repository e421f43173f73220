export { carryOutReorganisationHandler, reorganisationJobOf } from './carry-out-reorganisation.job.js';
export { Possessions } from './possessions.js';
export { DecideReorganisationCommand, RevokeReorganisationCommand } from './reorganisation.commands.js';
export { ReorganisationProcess } from './reorganisation-process.js';
export { ReorganisationRehearsal } from './reorganisation-rehearsal.js';
export { Revocation } from './revocation.js';
export { ReorganisingModule } from './reorganising.module.js';
