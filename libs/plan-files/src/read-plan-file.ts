import { normaliseItemNumber } from '#kernel';
import { checkAliases } from './checks/aliases.js';
import type { Check } from './checks/check.js';
import { checkDates } from './checks/dates.js';
import { checkDerivations } from './checks/derivations.js';
import { checkNesting } from './checks/nesting.js';
import { checkNumbers } from './checks/numbers.js';
import { checkReferences } from './checks/references.js';
import { checkAttested } from './checks/attested.js';
import { checkCourseOrder } from './checks/course-order.js';
import { SiftedFile } from './checks/sifted-file.js';
import { checkCancelled } from './checks/cancelled.js';
import { checkSuccessions } from './checks/successions.js';
import { checkUnique } from './checks/unique.js';
import { checkVersion } from './checks/version.js';
import { parsePath, printPath } from './path.js';
import type { ExternalReference, PlanFile, PlanFileContent, PlanFileItem, PlanFileStep } from './plan-file.js';
import type { PlanFileFault } from './plan-file-faults.js';
import { PlanFileFaults } from './plan-file-faults.js';
import { withoutQuotes } from './printed/printed-text.js';
import { schemaFaults } from './schema-faults.js';
import { planFileSchema } from './schema/plan-file.schema.js';
import { readYaml } from './yaml-source.js';

const CHECKS: readonly Check[] = [
  checkVersion,
  checkUnique,
  checkReferences,
  checkNesting,
  checkDerivations,
  checkDates,
  checkAliases,
  checkNumbers,
  checkCancelled,
  checkSuccessions,
  checkCourseOrder,
  checkAttested,
];

/**
 * Reads a plan file: one YAML 1.2 document in the format of `planFileSchema`.
 *
 * Text comes out in NFC, item numbers and sources in their one form. Cells stay as printed; `readCell` reads them.
 *
 * @param text the whole file
 * @param name what to call the file when it has faults
 * @throws PlanFileFaults with the faults of the file, each with its line and with what would be right
 */
export function readPlanFile(text: string, name: string | undefined): PlanFile {
  const source = readYaml(text);
  const faults: PlanFileFault[] = source.faults.map((fault) => ({ ...fault, path: '' }));
  if (!source.readable) throw new PlanFileFaults(name, faults);

  const outOfSchema = schemaFaults(planFileSchema, source.data);
  for (const { path, said, inName } of outOfSchema) {
    const position = inName ? source.locateName(path) : source.locate(path);
    faults.push({ ...position, path: printPath(path), said });
  }

  const externalReferences: ExternalReference[] = [];
  const sifted = new SiftedFile(
    source.data,
    outOfSchema.map(({ path }) => path),
  );
  for (const check of CHECKS) {
    check(sifted, {
      fault: (path, said) => faults.push({ ...source.locate(path), path: printPath(path), said }),
      external: (reference, path) =>
        externalReferences.push({ ...reference, path: printPath(path), line: source.locate(path).line }),
    });
  }
  if (faults.length > 0)
    throw new PlanFileFaults(
      name,
      faults.sort((a, b) => a.line - b.line || a.column - b.column),
    );

  const locate: PlanFile['locate'] = (path) => source.locate(parsePath(path));
  return { ...inOneForm(source.data as PlanFileContent), externalReferences, locate };
}

/** Numbers and sources are printed in several ways; from here on each has one. */
function inOneForm(content: PlanFileContent): PlanFileContent {
  const { history, items, indicators, scenario } = content;
  return {
    ...content,
    ...(items && {
      items: items.map(itemInOneForm),
    }),
    ...(indicators && {
      indicators: indicators.map((indicator) => ({ ...indicator, source: withoutQuotes(indicator.source) })),
    }),
    ...(history && { history: { ...history, steps: history.steps.map(stepInOneForm) } }),
    ...(scenario && { scenario: { ...scenario, steps: scenario.steps.map(stepInOneForm) } }),
  };
}

const stepInOneForm = ({ redefine, renumber, ...step }: PlanFileStep): PlanFileStep => ({
  ...step,
  ...(renumber && { renumber: { ...renumber, number: normaliseItemNumber(renumber.number) } }),
  ...(redefine && { redefine: { ...redefine, source: withoutQuotes(redefine.source) } }),
});

const itemInOneForm = ({ number, otherNumbers, ...item }: PlanFileItem): PlanFileItem => ({
  ...item,
  ...(number !== undefined && { number: normaliseItemNumber(number) }),
  ...(otherNumbers && {
    otherNumbers: otherNumbers.map((other) => ({ ...other, number: normaliseItemNumber(other.number) })),
  }),
});
