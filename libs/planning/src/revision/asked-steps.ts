import { requestValidation, withoutUnset } from '#http-api';
import type { CommandRequest } from '#http-api';
import { idOf, MalformedInput, say } from '#kernel';
import type { InputFault } from '#kernel';
import { itemIdOf } from '../planning-ids.js';
import type { RevisionStep } from './revision.events.js';
import type { StepRequest } from './revision.requests.js';
import { stepKinds } from './revision.steps.js';

/** The revision that steps are asked of. */
interface Of {
  readonly tenant: string;
  readonly planId: string;
  readonly revisionId: string;
}

const validation = requestValidation();

/** The steps of a request, each checked as the route of its command would. @throws MalformedInput with everything that is wrong */
export async function askedSteps(requests: readonly StepRequest[], of: Of): Promise<RevisionStep[]> {
  const faults: InputFault[] = [];
  const steps: RevisionStep[] = [];
  for (const [index, request] of requests.entries()) {
    try {
      steps.push(await askedStep(request, index, of));
    } catch (error) {
      if (!(error instanceof MalformedInput)) throw error;
      faults.push(...error.faults.map((fault) => ({ ...fault, field: joined(`steps[${index}]`, fault.field) })));
    }
  }
  if (faults.length > 0) throw new MalformedInput(faults);
  return steps;
}

async function askedStep({ asked, command, itemId }: StepRequest, index: number, of: Of): Promise<RevisionStep> {
  const { command: kind, request: metatype } = stepKinds.get(command)!;
  const checked = await within('asked', () => validation.transform(asked, { type: 'body', metatype }));
  const { confirm, decision, effectiveOn, ...fields } = withoutUnset(checked) as CommandRequest &
    Readonly<Record<string, unknown>>;
  const ofAll = Object.entries({ decision, confirm }).filter(([, said]) => said !== undefined);
  if (ofAll.length > 0) {
    throw new MalformedInput(ofAll.map(([name]) => ({ field: `asked.${name}`, said: saidByRevision() })));
  }
  const data = kind.creates ? { ...fields, planId: of.planId } : fields;
  const id = kind.creates ? adoptedId(itemId, fields['key'], index, of) : itemId;
  if (id === undefined) throw new MalformedInput([{ field: 'itemId', said: needsItem() }]);
  return { itemId: id, command, data, ...(effectiveOn !== undefined && { effectiveOn }) };
}

/** An item that has a key has the id that follows from it, as it does alone. */
function adoptedId(given: string | undefined, key: unknown, index: number, { planId, revisionId, tenant }: Of): string {
  if (typeof key !== 'string') return given ?? idOf('item-of-revision', revisionId, String(index));
  const keyed = itemIdOf(tenant, planId, key);
  if (given !== undefined && given !== keyed) throw new MalformedInput([{ field: 'itemId', said: followsFromKey() }]);
  return keyed;
}

async function within<Result>(field: string, check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof MalformedInput)) throw error;
    throw new MalformedInput(error.faults.map((fault) => ({ ...fault, field: joined(field, fault.field) })));
  }
}

const joined = (above: string, field: string): string => (field === '' ? above : `${above}.${field}`);

const needsItem = say('must name the item', 'ska ange uppdraget', 'item-needed');
const followsFromKey = say(
  'must be left out where the item has a key, from which its id follows',
  'ska utelämnas när uppdraget har en nyckel, som ger dess id',
  'follows-from-key',
);
const saidByRevision = say(
  'is said by the revision for all its steps',
  'anges av revideringen för alla dess steg',
  'said-by-revision',
);
